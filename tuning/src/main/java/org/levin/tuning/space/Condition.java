package org.levin.tuning.space;

import java.util.List;
import java.util.stream.Collectors;
import org.levin.internal.Arguments;

/**
 * When a parameter counts: only where another has one of these values. Elsewhere it is left out of
 * the configuration.
 *
 * @param parameter the other one's name
 * @param values of that one; at least one
 */
public record Condition(String parameter, List<Object> values) {

  /** Takes a copy of the values. */
  public Condition {
    values = values.stream().map(Values::plain).toList();
    Arguments.require(!values.isEmpty(), "a condition needs a value of %s", parameter);
  }

  /** Returns this condition with whole numbers as reals, if the other's values are reals. */
  Condition over(Domain domain) {
    boolean real =
        domain instanceof RealRange
            || domain instanceof Choice choice && choice.values().getFirst() instanceof Double;
    return new Condition(
        parameter,
        values.stream()
            .map(
                value ->
                    real && value instanceof Long number ? (Object) number.doubleValue() : value)
            .toList());
  }

  boolean holds(Configuration configuration) {
    return configuration.value(parameter).filter(values::contains).isPresent();
  }

  @Override
  public String toString() {
    return " if "
        + parameter
        + "="
        + values.stream().map(Object::toString).collect(Collectors.joining("|"));
  }
}
