package org.levin.tuning.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.levin.internal.Arguments;

/**
 * A few values, each by itself; one alone is a fixed value. Their order counts: strategies try
 * neighbours of what was good.
 *
 * @param values Longs, or Doubles, or Strings; at least one, none twice
 */
public record Choice(List<Object> values) implements Domain {

  /** Takes a copy; whole numbers among reals become reals. */
  public Choice {
    List<Object> copy = new ArrayList<>();
    boolean real = values.stream().anyMatch(Double.class::isInstance);
    for (Object value : values) {
      Object plain = Values.plain(value);
      copy.add(real && plain instanceof Long number ? (Object) number.doubleValue() : plain);
    }
    Arguments.require(!copy.isEmpty(), "a choice needs a value");
    Arguments.require(
        new HashSet<>(copy).size() == copy.size(), "a choice has a value twice: %s", copy);
    Class<?> kind = copy.getFirst().getClass();
    Arguments.require(
        copy.stream().allMatch(kind::isInstance),
        "a choice is among numbers or among texts, not both: %s",
        copy);
    values = List.copyOf(copy);
  }

  @Override
  public Object at(double unit) {
    return values.get(Places.cell(unit, values.size()));
  }

  @Override
  public double placeOf(Object value) {
    int index = values.indexOf(like(value));
    Arguments.require(index >= 0, "%s is none of %s", value, this);
    return Places.middle(index, values.size());
  }

  /** Returns a whole number as a real where reals are chosen among. */
  private Object like(Object value) {
    Object plain = Values.plain(value);
    return plain instanceof Long number && values.getFirst() instanceof Double
        ? (Object) number.doubleValue()
        : plain;
  }

  @Override
  public List<Object> ends() {
    return values;
  }

  @Override
  public String toString() {
    return values.stream().map(Object::toString).collect(Collectors.joining("|"));
  }
}
