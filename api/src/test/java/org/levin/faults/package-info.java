/**
 * Files whose writing fails, or stops, where a test wants it to; and programs in a JVM of their own
 * that a test may kill. Code under test is given a path of a {@link
 * org.levin.faults.FaultyFileSystem} and knows no difference.
 */
package org.levin.faults;
