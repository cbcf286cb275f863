package org.levin.tuning.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.tuning.trial.Trial;

/** Which trials of a group go on. */
public final class Promotion {
  private Promotion() {}

  /**
   * Returns the numbers of those that go on, in order: those that the fewest others dominate, the
   * least loss first. With the loss alone to be small, that is those with the least loss.
   *
   * @param group those that were to come to the rung, failed ones too
   * @param rung the one that they are at, counted from 0
   */
  public static List<Integer> of(Strategy.Task task, List<Trial> group, int rung) {
    List<Trial> reached =
        group.stream()
            .filter(trial -> trial.steps() == task.rungs().steps().get(rung))
            .filter(trial -> trial.measurement().isPresent())
            .toList();
    List<Integer> ranks = Dominance.ranks(reached, task.objectives());
    return IntStream.range(0, reached.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(ranks::get)
                .thenComparingDouble(i -> reached.get(i).measurement().orElseThrow().loss()))
        .limit(task.rungs().going(group.size()))
        .map(i -> reached.get(i).number())
        .sorted()
        .toList();
  }
}
