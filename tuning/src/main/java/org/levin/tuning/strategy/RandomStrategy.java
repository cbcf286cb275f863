package org.levin.tuning.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.levin.internal.Arguments;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Trial;

/**
 * Tries configurations at random, evenly over the space: what every other strategy must beat.
 *
 * @param group how many at a time, at least 1
 */
public record RandomStrategy(int group) implements Strategy {

  /** Checks the size. */
  public RandomStrategy {
    Arguments.atLeast(1, group, "the size of a group");
  }

  @Override
  public String label() {
    return "random " + group;
  }

  @Override
  public Search begin(Task task) {
    return soFar -> next(task, soFar);
  }

  private List<Configuration> next(Task task, List<Trial> soFar) {
    RandomGenerator random = Draws.generator(task.seed(), soFar.size());
    Set<Configuration> seen = soFar.stream().map(Trial::configuration).collect(Collectors.toSet());
    List<Configuration> group = new ArrayList<>();
    while (group.size() < this.group) {
      if (!Draws.addNew(task, random, seen, group)) {
        break;
      }
    }
    return List.copyOf(group);
  }
}
