package org.levin.engine.cuda.check;

/** The end of all, counted from when this is made. */
final class Deadline {
  private static final double NANOS = 1e9;

  private final long start = System.nanoTime();
  private final int seconds;

  Deadline(int seconds) {
    this.seconds = seconds;
  }

  /** Returns the seconds that have passed. */
  double passed() {
    return (System.nanoTime() - start) / NANOS;
  }

  /** Returns the whole seconds that are left; none or fewer where it is over. */
  int left() {
    return seconds - (int) passed();
  }

  /** Returns whether a process may still have a useful time. */
  boolean allows(Limits limits) {
    return left() >= Math.max(1, limits.useful());
  }
}
