package org.levin.benchmarks.race;

import java.io.IOException;

/** One side of a contest, ready to run, in a JVM of its own. */
interface Entrant extends AutoCloseable {

  /**
   * Does one round.
   *
   * @return how much was done, in characters or megabytes
   */
  double round() throws IOException;

  @Override
  void close();
}
