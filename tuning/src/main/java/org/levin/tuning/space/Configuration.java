package org.levin.tuning.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.levin.internal.Arguments;
import org.levin.training.TrainingOptions;

/**
 * One value for each parameter that counts.
 *
 * @param values by name, in the order of the space; each a Long, a Double or a String
 */
public record Configuration(Map<String, Object> values) {

  /** Takes a copy; checks names and values. */
  public Configuration {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(Parameter.checked(name), Values.plain(value)));
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the configuration of a text, such as {@code hiddenSize=64 learningRate=0.01}; {@link
   * #toString} writes it so. Names of flags of the command line will do.
   *
   * @throws IllegalArgumentException if it cannot be read, or names something twice
   */
  public static Configuration parse(String text) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String part : text.strip().split("\\s+")) {
      int sign = part.indexOf('=');
      Arguments.require(
          sign > 0,
          "\"%.200s\" cannot be read: a configuration is written as hidden=64 learning-rate=0.01",
          text);
      String name = SpaceText.option(part.substring(0, sign));
      Object before = values.put(name, SpaceText.value(name, part.substring(sign + 1)));
      Arguments.require(before == null, "\"%.200s\" gives %s twice", text, name);
    }
    return new Configuration(values);
  }

  /** Returns the value of a parameter; nothing if it does not count here. */
  public Optional<Object> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * Returns the options of a training with these values in place of the base's.
   *
   * @param base what is not searched, and what a conditional parameter is where it does not count
   * @throws IllegalArgumentException if there is no option of a name, or a value is out of its
   *     range; the message names it
   */
  public TrainingOptions applyTo(TrainingOptions base) {
    Map<String, Object> options = base.toMap();
    values.forEach(
        (name, value) -> {
          Arguments.require(
              options.containsKey(name),
              "there is no option %s; there are %s",
              name,
              options.keySet());
          options.put(name, value);
        });
    TrainingOptions.Builder<TrainingOptions> result = TrainingOptions.fromMap(options).toBuilder();
    base.engine().ifPresent(result::engine);
    base.threads().ifPresent(result::threads);
    return result.build();
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
