package org.levin.engine.cuda.check;

/**
 * How long a process may take.
 *
 * @param useful seconds without which it is not begun
 * @param most seconds after which it is ended
 * @param silent seconds without a line after which it hangs, and is ended
 */
record Limits(int useful, int most, int silent) {

  /** Returns those of a process that may say nothing until its end; half the time is of use. */
  static Limits of(int seconds) {
    return new Limits(seconds / 2, seconds, seconds);
  }

  /** Returns those of a process that says something again and again. */
  Limits silent(int seconds) {
    return new Limits(useful, most, seconds);
  }

  /** Returns what remains of them where no more seconds are left. */
  Limits within(int seconds) {
    return new Limits(useful, Math.min(most, seconds), silent);
  }
}
