package org.levin.tuning.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.levin.internal.Arguments;

/**
 * Real numbers from one to another. Values are rounded to four significant digits, which people can
 * read and no training can tell apart; to more in a range so narrow that these would not tell its
 * values apart, to fewer near a zero between evenly spaced values.
 *
 * @param low the least, finite
 * @param high the greatest, finite, above {@code low}
 * @param log whether equal factors, not equal differences, are equally far apart; then {@code low}
 *     must be above 0
 */
public record RealRange(double low, double high, boolean log) implements Domain {
  private static final MathContext DIGITS = new MathContext(4);

  /** At least so many digits of the range's width are kept, besides the first. */
  private static final int LEAST = 3;

  /** And at most so many, where values are evenly spaced. */
  private static final int MOST = 5;

  /** Checks the ends; a negative zero becomes a zero. */
  public RealRange {
    low = Values.real(low);
    high = Values.real(high);
    Arguments.require(
        low < high,
        "the range %s..%s is empty; the lower end comes first, and the upper is another",
        low,
        high);
    Arguments.require(Double.isFinite(high - low), "the range %s..%s is too long", low, high);
    Arguments.require(
        !log || low > 0, "a logarithmic range must begin above 0, but begins at %s", low);
  }

  @Override
  public Object at(double unit) {
    BigDecimal value = new BigDecimal(Places.between(low, high, log, unit));
    BigDecimal width = new BigDecimal(high - low);
    int first = width.scale() - width.precision() + 1;
    int places = Math.max(value.round(DIGITS).scale(), first + LEAST);
    int kept = log ? places : Math.min(places, first + MOST);
    return Math.clamp(value.setScale(kept, RoundingMode.HALF_EVEN).doubleValue(), low, high);
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
