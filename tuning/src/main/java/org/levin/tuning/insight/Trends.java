package org.levin.tuning.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.levin.tuning.insight.Importance.Trend;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** How losses at one rung go with the values of a parameter. */
final class Trends {
  private Trends() {}

  /** Returns the steps at which most trials were measured; of those with as many, the most. */
  static long commonSteps(StudyRecord study) {
    Map<Long, Integer> counts = new TreeMap<>();
    for (Trial trial : study.trials()) {
      for (Result result : trial.results()) {
        if (result.measurement().isPresent()) {
          counts.merge(result.steps(), 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0L);
  }

  /** Returns nothing for texts, or where values or losses are all the same. */
  static Optional<Trend> of(StudyRecord study, Scale scale, long steps) {
    List<Double> values = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (Trial trial : study.trials()) {
      OptionalDouble value = scale.in(trial.configuration());
      Optional<Measurement> measured = trial.after(steps);
      if (value.isPresent() && measured.isPresent()) {
        values.add(value.getAsDouble());
        losses.add(measured.get().loss());
      }
    }
    return scale.numeric() && isVaried(values) && isVaried(losses)
        ? Optional.of(new Trend(correlation(ranks(values), ranks(losses)), values.size(), steps))
        : Optional.empty();
  }

  private static boolean isVaried(List<Double> values) {
    return values.stream().distinct().count() > 1;
  }

  /** Returns ranks from 0; equal values share the mean of theirs. */
  static double[] ranks(List<Double> values) {
    List<Integer> order =
        IntStream.range(0, values.size())
            .boxed()
            .sorted((a, b) -> Double.compare(values.get(a), values.get(b)))
            .toList();
    double[] ranks = new double[values.size()];
    for (int start = 0; start < ranks.length; ) {
      int end = start + 1;
      double value = values.get(order.get(start));
      while (end < ranks.length && values.get(order.get(end)) == value) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order.get(i)] = (start + end - 1) / 2.0;
      }
      start = end;
    }
    return ranks;
  }

  /** Returns Pearson's correlation of numbers of which not all are equal. */
  private static double correlation(double[] first, double[] second) {
    // Ranks from 0, ties or not, have this mean.
    double mean = (first.length - 1) / 2.0;
    double both = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < first.length; i++) {
      both += (first[i] - mean) * (second[i] - mean);
      ones += (first[i] - mean) * (first[i] - mean);
      others += (second[i] - mean) * (second[i] - mean);
    }
    return Math.clamp(both / Math.sqrt(ones * others), -1, 1);
  }
}
