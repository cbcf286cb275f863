package org.levin.tuning.strategy;

import io.jenetics.ext.moea.Pareto;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/** Which trials are better than others in everything. */
public final class Dominance {
  private Dominance() {}

  /**
   * Returns how often the better ones must be taken away until nothing dominates a trial any more:
   * 0 for those on the Pareto front.
   *
   * @param trials each with a last measurement
   * @throws IllegalArgumentException if an objective of one was not measured
   */
  public static List<Integer> ranks(List<Trial> trials, List<Objective> objectives) {
    ISeq<Vec<double[]>> values =
        trials.stream()
            .map(trial -> negated(trial.measurement().orElseThrow(), objectives))
            .collect(ISeq.toISeq());
    return values.isEmpty() ? List.of() : Arrays.stream(Pareto.rank(values)).boxed().toList();
  }

  /**
   * Returns how far trials are from their neighbours of the same rank, the crowding distance of
   * NSGA-II; infinite at the ends.
   *
   * @param ranks of the trials, see {@link #ranks}
   */
  static List<Double> distances(
      List<Trial> trials, List<Integer> ranks, List<Objective> objectives) {
    Double[] distances = new Double[trials.size()];
    for (int rank : Set.copyOf(ranks)) {
      List<Integer> equals =
          IntStream.range(0, trials.size()).filter(i -> ranks.get(i) == rank).boxed().toList();
      double[] crowding =
          Pareto.crowdingDistance(
              equals.stream()
                  .map(i -> negated(trials.get(i).measurement().orElseThrow(), objectives))
                  .collect(ISeq.toISeq()));
      for (int i = 0; i < crowding.length; i++) {
        distances[equals.get(i)] = crowding[i];
      }
    }
    return List.of(distances);
  }

  /** Jenetics takes more for better. */
  private static Vec<double[]> negated(Measurement measurement, List<Objective> objectives) {
    return Vec.of(
        objectives.stream().mapToDouble(objective -> -measurement.value(objective)).toArray());
  }
}
