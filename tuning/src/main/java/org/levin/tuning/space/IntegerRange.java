package org.levin.tuning.space;

import java.util.List;
import org.levin.internal.Arguments;

/**
 * Whole numbers {@code low, low + step, …} up to another.
 *
 * @param low the least
 * @param high no value is greater; at least {@code low}
 * @param step between neighbours, at least 1
 * @param log whether equal factors, not equal differences, are equally far apart; then {@code low}
 *     must be above 0
 */
public record IntegerRange(long low, long high, long step, boolean log) implements Domain {

  /** Checks the ends, the step, and that there are not more numbers than an int counts. */
  public IntegerRange {
    Arguments.require(low <= high, "the range %s..%s is empty", low, high);
    Arguments.atLeast(1, step, "the step of a range");
    Arguments.require(
        !log || low > 0, "a logarithmic range must begin above 0, but begins at %s", low);
    long width = high - low;
    Arguments.require(
        width >= 0 && width / step < Integer.MAX_VALUE, "the range %s..%s is too long", low, high);
  }

  private int count() {
    return (int) ((high - low) / step) + 1;
  }

  private long last() {
    return low + (count() - 1) * step;
  }

  @Override
  public Object at(double unit) {
    if (!log) {
      return low + step * Places.cell(unit, count());
    }
    double value = Places.between(low, last(), true, unit);
    return Math.clamp(low + step * Math.round((value - low) / step), low, last());
  }

  @Override
  public double placeOf(Object value) {
    Arguments.require(
        value instanceof Long number
            && number >= low
            && number <= high
            && (number - low) % step == 0,
        "%s is none of %s",
        value,
        this);
    long number = (Long) value;
    return log
        ? Places.placeOf(low, last(), true, number)
        : Places.middle((int) ((number - low) / step), count());
  }

  @Override
  public List<Object> ends() {
    return List.of(low, last());
  }

  @Override
  public String toString() {
    return low + ".." + high + (step == 1 ? "" : "/" + step) + (log ? " log" : "");
  }
}
