package org.levin.tuning.insight;

import java.util.List;
import java.util.OptionalDouble;
import org.levin.tuning.space.Configuration;

/**
 * The axis of a parameter, over the values that trials gave to it.
 *
 * @param name of the parameter
 * @param labels at equal distances from place 0 to place 1: the least and the greatest number, or
 *     all texts; a single one, at place 0.5, if there is one value only
 * @param log whether equal factors, not equal differences, are equally far apart: so it is where
 *     all numbers are above 0 and the greatest is ten times the least or more
 */
public record Axis(String name, List<String> labels, boolean log) {
  private static final double WIDE = 10;

  /** Takes a copy. */
  public Axis {
    labels = List.copyOf(labels);
  }

  static Axis of(Scale scale) {
    List<Object> values = scale.values();
    boolean many = values.size() > 2 && scale.numeric();
    List<Object> labelled = many ? List.of(values.getFirst(), values.getLast()) : values;
    return new Axis(
        scale.name(),
        labelled.stream().map(Drawing::value).toList(),
        scale.numeric() && scale.least() > 0 && scale.greatest() >= WIDE * scale.least());
  }

  /** Returns a place in {@code [0,1]}; nothing where the parameter does not count. */
  OptionalDouble place(Scale scale, Configuration configuration) {
    OptionalDouble value = scale.in(configuration);
    if (value.isEmpty() || scale.values().size() == 1) {
      return value.isEmpty() ? value : OptionalDouble.of(0.5);
    }
    double from = at(scale.least());
    double place = (at(value.getAsDouble()) - from) / (at(scale.greatest()) - from);
    return OptionalDouble.of(Math.clamp(place, 0, 1));
  }

  private double at(double value) {
    return log ? StrictMath.log(value) : value;
  }
}
