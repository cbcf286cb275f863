/**
 * One small program per idea, each a page long, to be read and copied. They use what a user may
 * use: the API, and an engine that is only on the class path at run time.
 */
package org.levin.examples;
