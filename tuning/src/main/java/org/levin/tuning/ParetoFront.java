package org.levin.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.levin.internal.Arguments;
import org.levin.tuning.strategy.Dominance;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/**
 * The trials that no other one is better than in everything: whoever wants less of one objective
 * must take more of another.
 *
 * @param objectives what is to be small; the loss first
 * @param trials those trained longest that none of the others dominates, the least loss first
 */
public record ParetoFront(List<Objective> objectives, List<Trial> trials) {

  /** Takes copies. */
  public ParetoFront {
    objectives = List.copyOf(objectives);
    trials = List.copyOf(trials);
  }

  /**
   * Returns the front among trials; of them, only those that were trained longest count.
   *
   * @throws IllegalArgumentException if an objective of one was not measured
   */
  public static ParetoFront of(List<Trial> trials, List<Objective> objectives) {
    List<Trial> longest = Best.longest(trials);
    List<Integer> ranks = Dominance.ranks(longest, objectives);
    return new ParetoFront(
        objectives,
        longest.stream()
            .filter(trial -> ranks.get(longest.indexOf(trial)) == 0)
            .sorted(Comparator.comparingDouble(trial -> Best.loss(trial)))
            .toList());
  }

  /**
   * Returns the trial that has least of an objective, of those whose loss is at most so much above
   * the best one's: "the smallest within 1 % of the best".
   *
   * @param tolerance as a fraction of the best loss, at least 0
   */
  public Optional<Trial> leastWithin(Objective objective, double tolerance) {
    Arguments.require(
        tolerance >= 0 && Double.isFinite(tolerance),
        "the tolerance must be at least 0, but was %s",
        tolerance);
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    double most = Best.loss(trials.getFirst()) + Math.abs(Best.loss(trials.getFirst())) * tolerance;
    return trials.stream()
        .filter(trial -> Best.loss(trial) <= most)
        .min(
            Comparator.comparingDouble(
                trial -> trial.measurement().orElseThrow().value(objective)));
  }
}
