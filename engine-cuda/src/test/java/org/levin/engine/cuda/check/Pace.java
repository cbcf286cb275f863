package org.levin.engine.cuda.check;

import java.util.function.DoubleSupplier;

/**
 * How fast something is that is done over and over.
 *
 * @param perSecond how often
 * @param times how often it was measured
 * @param last what the last time returned
 */
record Pace(double perSecond, long times, double last) {
  private static final double NANOS = 1e9;

  /** Does something for a while, at least once, then again, and measures that. */
  static Pace of(DoubleSupplier work, double warmSeconds, double seconds) {
    run(work, warmSeconds, 2); // the second time it becomes a graph
    return run(work, seconds, 1);
  }

  private static Pace run(DoubleSupplier work, double seconds, int least) {
    long start = System.nanoTime();
    long times = 0;
    double last;
    double passed;
    do {
      last = work.getAsDouble();
      times++;
      passed = (System.nanoTime() - start) / NANOS;
    } while (passed < seconds || times < least);
    return new Pace(times / passed, times, last);
  }
}
