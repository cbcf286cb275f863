package org.levin.benchmarks.race;

/**
 * How long to run.
 *
 * @param quick whether rounds are small too
 * @param rounds timed rounds of each side
 * @param warmUpSeconds how long a side runs before the first, at least
 */
record Pace(boolean quick, int rounds, double warmUpSeconds) {
  static Pace of(boolean quick) {
    return quick ? new Pace(true, 3, 2) : new Pace(false, 7, 10);
  }

  /** Returns the batches of a round of a contest. */
  int batches(Contest contest) {
    return quick ? contest.quickBatches() : contest.batches();
  }
}
