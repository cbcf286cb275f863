package org.levin.benchmarks.race;

import java.util.OptionalDouble;

/**
 * How one side did.
 *
 * @param series its rounds
 * @param threads how many it had
 * @param peakMegabytes the most memory that its process had resident, where the system tells
 */
record Standing(Series series, int threads, OptionalDouble peakMegabytes) {}
