package org.levin.benchmarks.race;

/** Who takes part. */
enum Side {
  /** This library, with as many threads as there are processors. */
  LEVIN,

  /** libtorch through DJL, with as many threads as suit it best. */
  LIBTORCH,

  /** This library on one thread: what the others are worth. */
  LEVIN_ONE_THREAD
}
