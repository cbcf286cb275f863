/**
 * Studies as tables for other programs: CSV, and Arrow files. Of Arrow, the classes of its format
 * are known here and nowhere else in this module; its vectors would want access to the JDK's
 * internals.
 */
package org.levin.tuning.export;
