package org.levin.tuning.space;

import org.levin.internal.Arguments;

/** Places in {@code [0,1)}, and values that stand there side by side. */
final class Places {
  private static final double LAST = Math.nextDown(1.0);

  private Places() {}

  /** Returns the number of the cell, of {@code count} equal ones, in which a place lies. */
  static int cell(double unit, int count) {
    return Math.min((int) (Arguments.fraction(unit, "a place") * count), count - 1);
  }

  /** Returns the place in the middle of a cell. */
  static double middle(int cell, int count) {
    return (cell + 0.5) / count;
  }

  /** Returns the place nearest to a number. */
  static double nearest(double number) {
    return Math.clamp(number, 0, LAST);
  }

  /** Returns the number at a place between two ends, evenly spaced or by equal factors. */
  static double between(double low, double high, boolean log, double unit) {
    Arguments.fraction(unit, "a place");
    return log
        ? StrictMath.exp(StrictMath.log(low) + unit * span(low, high))
        : low + (high - low) * unit;
  }

  /** Returns the logarithm of a factor that may itself be too large for a number. */
  private static double span(double low, double high) {
    return StrictMath.log(high) - StrictMath.log(low);
  }

  /** Returns the place of a number, the inverse of {@link #between}. */
  static double placeOf(double low, double high, boolean log, double number) {
    if (low == high) {
      return 0;
    }
    return nearest(log ? span(low, number) / span(low, high) : (number - low) / (high - low));
  }
}
