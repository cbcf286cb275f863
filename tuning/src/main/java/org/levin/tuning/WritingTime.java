package org.levin.tuning;

import org.levin.SequenceModel;
import org.levin.sampling.Sampler;

/**
 * How long models take to write a character. One is measured at a time, and only once the JVM has
 * compiled what it runs: the first texts of a process take many times as long as the rest.
 */
final class WritingTime {
  private static final int CHARACTERS = 200;
  private static final int TIMES = 15;
  private static final long WARMING_NANOS = 2_000_000_000L;
  private static final double NANOS = 1e9;

  private static boolean warm;

  private WritingTime() {}

  /** Returns the least of some times: what others do on the machine only ever adds to it. */
  static synchronized double secondsPerCharacter(SequenceModel model) {
    long begin = System.nanoTime();
    while (!warm) {
      write(model);
      warm = System.nanoTime() - begin > WARMING_NANOS;
    }
    double least = Double.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      least = Math.min(least, write(model));
    }
    return least;
  }

  private static double write(SequenceModel model) {
    long start = System.nanoTime();
    model.generate("", CHARACTERS, Sampler.temperature(1), 0);
    return (System.nanoTime() - start) / NANOS / CHARACTERS;
  }
}
