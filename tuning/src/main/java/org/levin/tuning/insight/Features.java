package org.levin.tuning.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/**
 * Measurements of a study as numbers that trees can split: {@code n} rows, {@code p} parameters and
 * the steps.
 *
 * @param rows {@code [n, p + 1]}; numbers as they are, since trees see their order only, texts by
 *     their place in the alphabet; where a parameter does not count, less than any value of it. The
 *     last column has the steps
 * @param losses {@code [n]}, in nats per token
 * @param trials the rows of each trial that was measured
 */
record Features(double[][] rows, double[] losses, List<int[]> trials) {
  /** More rungs of one trial tell little more about what it tries, and take time. */
  private static final int RUNGS = 4;

  /** Distances of the quartiles above the upper one: Tukey's bound of what is far out. */
  private static final double FAR_OUT = 3;

  static Features of(StudyRecord study, List<Scale> scales) {
    List<double[]> rows = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    List<int[]> trials = new ArrayList<>();
    for (Trial trial : study.trials()) {
      int first = rows.size();
      for (Result result : some(trial)) {
        rows.add(row(trial, scales, result.steps()));
        losses.add(result.measurement().orElseThrow().loss());
      }
      if (rows.size() > first) {
        trials.add(IntStream.range(first, rows.size()).toArray());
      }
    }
    return new Features(
        rows.toArray(double[][]::new),
        losses.stream().mapToDouble(Double::doubleValue).toArray(),
        List.copyOf(trials));
  }

  /** Returns the measurements at a few rungs, evenly spread, the last with them. */
  private static List<Result> some(Trial trial) {
    List<Result> all =
        trial.results().stream().filter(result -> result.measurement().isPresent()).toList();
    int count = Math.min(RUNGS, all.size());
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> all.get(i * all.size() / count - 1))
        .toList();
  }

  private static double[] row(Trial trial, List<Scale> scales, long steps) {
    double[] row = new double[scales.size() + 1];
    for (int i = 0; i < scales.size(); i++) {
      Scale scale = scales.get(i);
      double absent = scale.least() - 1 - Math.abs(scale.least());
      row[i] = scale.in(trial.configuration()).orElse(absent);
    }
    row[scales.size()] = steps;
    return row;
  }

  /** Returns these with losses that are far out brought in to the edge of the others. */
  Features withoutOutliers() {
    double[] sorted = Arrays.stream(losses).sorted().toArray();
    double lower = sorted[(sorted.length - 1) / 4];
    double upper = sorted[(sorted.length - 1) * 3 / 4];
    double most = upper + FAR_OUT * (upper - lower);
    return new Features(
        rows, Arrays.stream(losses).map(loss -> Math.min(loss, most)).toArray(), trials);
  }
}
