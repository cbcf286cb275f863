/** What can be done with the files of several studies: they are compared, and made one. */
package org.levin.tuning.record;
