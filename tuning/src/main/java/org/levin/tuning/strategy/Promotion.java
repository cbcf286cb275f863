package org.levin.tuning.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.tuning.trial.Trial;

/** Which trials of a group go on. */
public final class Promotion {
  private Promotion() {}

  /**
   * Returns the numbers of those that go on, in order: with the loss alone to be small, those with
   * the least loss. With several objectives, those that the fewest others dominate, and of those
   * the ones that stand most alone, the ends of the front first; at least {@link Rungs#FACTOR} go
   * on then, because one could not be a front.
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
    boolean one = task.objectives().size() == 1;
    int going = task.rungs().going(group.size());
    return IntStream.range(0, reached.size())
        .boxed()
        .sorted(one ? byLoss(reached) : byDominance(task, reached))
        .limit(one ? going : Math.max(going, Rungs.FACTOR))
        .map(i -> reached.get(i).number())
        .sorted()
        .toList();
  }

  private static Comparator<Integer> byLoss(List<Trial> trials) {
    return Comparator.comparingDouble(i -> trials.get(i).measurement().orElseThrow().loss());
  }

  private static Comparator<Integer> byDominance(Strategy.Task task, List<Trial> trials) {
    List<Integer> ranks = Dominance.ranks(trials, task.objectives());
    List<Double> distances = Dominance.distances(trials, ranks, task.objectives());
    return Comparator.<Integer>comparingInt(ranks::get)
        .thenComparing(Comparator.<Integer>comparingDouble(distances::get).reversed())
        .thenComparing(byLoss(trials));
  }
}
