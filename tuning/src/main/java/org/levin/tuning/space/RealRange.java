package org.levin.tuning.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.levin.internal.Arguments;

/**
 * Real numbers from one to another. Values are rounded to four significant digits, which people can
 * read and no training can tell apart.
 *
 * @param low the least, finite
 * @param high the greatest, finite, above {@code low}
 * @param log whether equal factors, not equal differences, are equally far apart; then {@code low}
 *     must be above 0
 */
public record RealRange(double low, double high, boolean log) implements Domain {
  private static final MathContext DIGITS = new MathContext(4);

  /** Checks the ends. */
  public RealRange {
    Arguments.finite(low, "the lower end");
    Arguments.finite(high, "the upper end");
    Arguments.require(low < high, "the range %s..%s is empty", low, high);
    Arguments.require(
        !log || low > 0, "a logarithmic range must begin above 0, but begins at %s", low);
  }

  @Override
  public Object at(double unit) {
    double value = Places.between(low, high, log, unit);
    return Math.clamp(new BigDecimal(value).round(DIGITS).doubleValue(), low, high);
  }

  @Override
  public double placeOf(Object value) {
    Arguments.require(
        value instanceof Number number
            && number.doubleValue() >= low
            && number.doubleValue() <= high,
        "%s lies outside of %s",
        value,
        this);
    return Places.placeOf(low, high, log, ((Number) value).doubleValue());
  }

  @Override
  public List<Object> ends() {
    return List.of(low, high);
  }

  @Override
  public String toString() {
    return low + ".." + high + (log ? " log" : "");
  }
}
