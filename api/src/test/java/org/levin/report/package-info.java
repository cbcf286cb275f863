/** What the tests of one run have tried, counted, and told at its end. */
package org.levin.report;
