package org.levin.tuning.space;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.levin.internal.Arguments;
import org.levin.training.TrainingOptions;

/**
 * Something to search for, such as the learning rate.
 *
 * @param name letters and digits; for Levin's own trainer that of an option, see {@link
 *     org.levin.training.TrainingOptions#toMap}
 * @param domain the values that it may take; whole numbers become reals for an option of Levin's
 *     that is a real number
 * @param condition when it counts; always, if empty
 */
public record Parameter(String name, Domain domain, Optional<Condition> condition) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
  private static final Map<String, Object> OPTIONS = TrainingOptions.defaults().toMap();

  /** Checks the name. */
  public Parameter {
    checked(name);
    domain = fitting(name, domain);
    Objects.requireNonNull(condition, "condition");
  }

  /** Returns whether this is an option of Levin's that is a real number. */
  static boolean isReal(String name) {
    return OPTIONS.get(name) instanceof Double;
  }

  /** Returns the name if it is one. */
  static String checked(String name) {
    Arguments.require(
        NAME.matcher(name).matches(),
        "a parameter is named by up to 64 letters and digits, a letter first, but was \"%.100s\"",
        name);
    return name;
  }

  /** Whole numbers are reals where the option is one: its text form cannot tell them apart. */
  private static Domain fitting(String name, Domain domain) {
    if (!isReal(name)) {
      return Objects.requireNonNull(domain, "domain");
    }
    return switch (domain) {
      case Choice choice ->
          new Choice(
              choice.values().stream()
                  .map(value -> value instanceof Long number ? (Object) (double) number : value)
                  .toList());
      case IntegerRange range -> {
        Arguments.require(range.step() == 1, "%s is no whole number, and has no steps", name);
        yield new RealRange(range.low(), range.high(), range.log());
      }
      case RealRange range -> range;
    };
  }

  private static Parameter always(String name, Domain domain) {
    return new Parameter(name, domain, Optional.empty());
  }

  /** Returns a parameter over the real numbers from {@code low} to {@code high}. */
  public static Parameter real(String name, double low, double high) {
    return always(name, new RealRange(low, high, false));
  }

  /** Returns a parameter over the whole numbers from {@code low} to {@code high}. */
  public static Parameter integer(String name, long low, long high) {
    return always(name, new IntegerRange(low, high, 1, false));
  }

  /** Returns a parameter over these values: numbers, or texts. */
  public static Parameter choice(String name, Object... values) {
    return always(name, new Choice(List.of(values)));
  }

  /** Returns a parameter that has one value: a number or a text. */
  public static Parameter fixed(String name, Object value) {
    return choice(name, value);
  }

  /**
   * Returns this range with equal factors, not equal differences, equally far apart.
   *
   * @throws IllegalArgumentException if it is no range, or does not begin above 0
   */
  public Parameter log() {
    return new Parameter(
        name,
        switch (domain) {
          case RealRange range -> new RealRange(range.low(), range.high(), true);
          case IntegerRange range ->
              new IntegerRange(range.low(), range.high(), range.step(), true);
          case Choice choice ->
              throw new IllegalArgumentException(
                  "%s is a choice; only ranges are logarithmic".formatted(name));
        },
        condition);
  }

  /**
   * Returns this range of whole numbers with a distance between neighbours.
   *
   * @throws IllegalArgumentException if it is no range of whole numbers, or the step is below 1
   */
  public Parameter step(long step) {
    Arguments.require(domain instanceof IntegerRange, "%s has no whole numbers to step over", name);
    IntegerRange range = (IntegerRange) domain;
    return new Parameter(
        name, new IntegerRange(range.low(), range.high(), step, range.log()), condition);
  }

  /** Returns this parameter, but only where another has one of these values. */
  public Parameter when(String other, Object... values) {
    return new Parameter(name, domain, Optional.of(new Condition(other, List.of(values))));
  }

  /** Returns whether there is only one value. */
  public boolean isFixed() {
    return domain.ends().stream().distinct().count() == 1;
  }

  /** Returns the parameter as {@link SearchSpace#parse} reads it. */
  @Override
  public String toString() {
    return name + "=" + domain + condition.map(Condition::toString).orElse("");
  }
}
