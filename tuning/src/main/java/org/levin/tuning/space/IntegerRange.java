package org.levin.tuning.space;

import java.util.List;
import org.levin.internal.Arguments;

/**
 * Whole numbers {@code low, low + step, …} up to another; the last is {@code high} only if the
 * steps lead there.
 *
 * @param low the least
 * @param high no value is greater; at least {@code low}
 * @param step between neighbours, at least 1
 * @param log whether equal factors, not equal differences, are equally far apart; then {@code low}
 *     must be above 0
 */
public record IntegerRange(long low, long high, long step, boolean log) implements Domain {

  /** Beyond, a place in {@code [0,1)} could not tell neighbours of a logarithmic range apart. */
  private static final long GREATEST_LOG = 1L << 40;

  /** Checks the ends, the step, and that there are not more numbers than an int counts. */
  public IntegerRange {
    Arguments.require(
        low <= high, "the range %s..%s is empty; the lower end comes first", low, high);
    Arguments.atLeast(1, step, "the step of a range");
    Arguments.require(
        !log || low > 0, "a logarithmic range must begin above 0, but begins at %s", low);
    Arguments.require(
        !log || high <= GREATEST_LOG,
        "a logarithmic range must end at %s at most, but ends at %s",
        GREATEST_LOG,
        high);
    long width = high - low;
    Arguments.require(
        width >= 0 && width / step < Integer.MAX_VALUE,
        "the range %s..%s has too many numbers; %d is the most, so take a longer step",
        low,
        high,
        Integer.MAX_VALUE);
  }

  private int count() {
    return (int) ((high - low) / step) + 1;
  }

  private long last() {
    return low + (count() - 1) * step;
  }

  /** Each number has what is nearest to it, the first and the last too, on both sides. */
  private double lowest() {
    return low - Math.min(step, low) / 2.0;
  }

  private double highest() {
    return last() + step / 2.0;
  }

  @Override
  public Object at(double unit) {
    if (!log) {
      return low + step * Places.cell(unit, count());
    }
    double value = Places.between(lowest(), highest(), true, unit);
    return Math.clamp(low + step * Math.round((value - low) / step), low, last());
  }

  @Override
  public double placeOf(Object value) {
    Object plain = Values.plain(value);
    Arguments.require(
        plain instanceof Long number
            && number >= low
            && number <= high
            && (number - low) % step == 0,
        "%s is none of %s",
        value,
        this);
    long number = (Long) plain;
    return log
        ? Places.placeOf(lowest(), highest(), true, number)
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
