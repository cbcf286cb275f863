package org.levin.tuning.insight;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;

/**
 * The values that the trials of a study gave to a parameter.
 *
 * @param name of the parameter
 * @param numeric whether all of them are numbers
 * @param values each once: numbers by size, or texts by the alphabet; at least one
 */
record Scale(String name, boolean numeric, List<Object> values) {

  static Scale of(StudyRecord study, String name) {
    List<Object> given =
        study.trials().stream()
            .flatMap(trial -> trial.configuration().value(name).stream())
            .toList();
    boolean numeric = given.stream().allMatch(Number.class::isInstance);
    Map<Double, Object> bySize = new TreeMap<>();
    if (numeric) {
      given.forEach(value -> bySize.putIfAbsent(number(value), value));
    }
    List<Object> values =
        numeric
            ? List.copyOf(bySize.values())
            : given.stream().map(value -> (Object) value.toString()).distinct().sorted().toList();
    return new Scale(name, numeric, values);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  static List<Scale> of(StudyRecord study) {
    return study.parameterNames().stream().map(name -> of(study, name)).toList();
  }

  /**
   * Returns the value in a configuration, a text as its place among {@link #values}; nothing where
   * the parameter does not count.
   */
  OptionalDouble in(Configuration configuration) {
    return configuration
        .value(name)
        .map(value -> OptionalDouble.of(numeric ? number(value) : values.indexOf(value.toString())))
        .orElse(OptionalDouble.empty());
  }

  /** Returns the least of {@link #in}. */
  double least() {
    return numeric ? number(values.getFirst()) : 0;
  }

  /** Returns the greatest of {@link #in}. */
  double greatest() {
    return numeric ? number(values.getLast()) : values.size() - 1;
  }
}
