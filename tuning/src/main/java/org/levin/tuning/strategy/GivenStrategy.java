package org.levin.tuning.strategy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import org.levin.internal.Arguments;
import org.levin.tuning.space.Configuration;

/**
 * Tries the configurations that it is given, in their order, each once; all are one group.
 *
 * @param configurations at least one
 */
public record GivenStrategy(List<Configuration> configurations) implements Strategy {

  /** Takes a copy, without those that are given twice. */
  public GivenStrategy {
    configurations = List.copyOf(new LinkedHashSet<>(configurations));
    Arguments.require(!configurations.isEmpty(), "there must be a configuration to try");
  }

  @Override
  public String label() {
    return "given %d %08x".formatted(configurations.size(), configurations.toString().hashCode());
  }

  @Override
  public OptionalInt size() {
    return OptionalInt.of(configurations.size());
  }

  @Override
  public Search begin(Task task) {
    for (Configuration configuration : configurations) {
      task.space().pointOf(configuration);
      Arguments.require(
          task.allowed().test(configuration),
          "%s does not keep to the requirements of the space",
          configuration);
    }
    return soFar -> soFar.isEmpty() ? configurations : List.of();
  }
}
