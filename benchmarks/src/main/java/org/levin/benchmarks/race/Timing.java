package org.levin.benchmarks.race;

import java.io.IOException;

/** Takes the time. */
final class Timing {
  private static final double NANOS = 1e9;

  private Timing() {}

  /** Runs a round, and returns how much it did a second. */
  static double rate(Entrant entrant) throws IOException {
    long start = System.nanoTime();
    double done = entrant.round();
    return done / seconds(start);
  }

  /** Returns the seconds since {@link System#nanoTime} gave {@code start}. */
  static double seconds(long start) {
    return (System.nanoTime() - start) / NANOS;
  }
}
