package org.levin.tuning.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.levin.corpus.Corpus;
import org.levin.model.LstmArchitecture;
import org.levin.training.Cancellation;
import org.levin.training.TrainingOptions;
import org.levin.tuning.Assignment;
import org.levin.tuning.StudyLimits;
import org.levin.tuning.Tuner;
import org.levin.tuning.TuningListener;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Parameter;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GivenStrategy;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Result;

/**
 * Trains every configuration of a small space on a text, and measures each all along: the table on
 * which strategies are compared. The study's file can be taken up at any time.
 */
final class MakeTable {
  /** Steps between two measurements. */
  static final long EVERY = 40;

  /** Measurements of a training. */
  static final int POINTS = 27;

  /** 2 x 3 x 7 x 3 x 2 x 2 configurations. */
  static final SearchSpace SPACE =
      SearchSpace.of(
          Parameter.choice("layers", 1, 2),
          Parameter.choice("hiddenSize", 32, 64, 96),
          Parameter.choice("learningRate", 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064),
          Parameter.choice("dropout", 0.0, 0.2, 0.4),
          Parameter.choice("schedule", "constant", "cosine"),
          Parameter.choice("batchSize", 16, 32));

  private MakeTable() {}

  /**
   * Trains what is not trained yet.
   *
   * @param file the study's
   * @param workers how many, each with one thread
   */
  static void make(Path text, Path file, int workers) throws IOException {
    TrainingOptions options =
        TrainingOptions.builder()
            .architecture(LstmArchitecture.of(1, 32))
            .sequenceLength(50)
            .threads(workers)
            .build();
    Tuner tuner =
        Tuner.builder()
            .space(SPACE)
            .options(options)
            .strategy(new GivenStrategy(grid()))
            .rungs(
                new Rungs(
                    LongStream.rangeClosed(1, POINTS).map(point -> point * EVERY).boxed().toList(),
                    1))
            .evaluation(new EvaluationShape(32, 100, 32_000))
            .limits(StudyLimits.none())
            .workers(workers)
            .build();
    try (Corpus corpus = Corpus.of(text)) {
      tuner.tune(corpus, file, new Lines(), new Cancellation());
    }
  }

  /** Returns every configuration of the space. */
  static List<Configuration> grid() {
    List<double[]> points = List.of(new double[0]);
    for (Parameter parameter : SPACE.parameters()) {
      List<double[]> longer = new ArrayList<>();
      for (double[] point : points) {
        for (Object value : parameter.domain().ends()) {
          double[] next = Arrays.copyOf(point, point.length + 1);
          next[point.length] = parameter.domain().placeOf(value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points.stream().map(SPACE::at).toList();
  }

  private static final class Lines implements TuningListener {
    private long ended;

    @Override
    public void ended(Assignment assignment, Result result, double seconds) {
      ended++;
      if (ended % 100 == 0) {
        System.out.println(
            ended
                + ": trial "
                + assignment.trial()
                + " to "
                + assignment.to()
                + " "
                + result
                + " in "
                + seconds
                + " s");
      }
    }
  }
}
