/**
 * The race: Levin beside libtorch, in one sitting, alternating, on the same text and shapes. {@link
 * org.levin.benchmarks.race.Race} starts one JVM for each side of each contest and tells it over
 * its standard input when to run a timed round, so that never more than one side works.
 *
 * <p>Levin's side uses the public API and the contract of the engines only; what is timed is what a
 * user would get.
 */
package org.levin.benchmarks.race;
