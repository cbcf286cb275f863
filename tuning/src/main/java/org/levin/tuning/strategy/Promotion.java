package org.levin.tuning.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.levin.tuning.trial.Trial;

/** Which trials of a group go on. */
public final class Promotion {
  private Promotion() {}

  /**
   * Returns the numbers of those that go on, in order.
   *
   * @param group those that were to come to the rung, failed ones too
   * @param rung the one that they are at, counted from 0
   */
  public static List<Integer> of(Strategy.Task task, List<Trial> group, int rung) {
    long steps = task.rungs().steps().get(rung);
    List<Trial> reached = group.stream().filter(trial -> trial.after(steps).isPresent()).toList();
    return reached.stream()
        .sorted(Comparator.comparingDouble(trial -> trial.after(steps).orElseThrow().loss()))
        .limit(task.rungs().going(group.size()))
        .map(Trial::number)
        .sorted()
        .collect(Collectors.toList());
  }
}
