package org.levin.tuning.insight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.dataset.DatasetView;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A forest of regression trees on the measurements of a study. Each tree grows on as many trials as
 * there are, drawn with replacement, with all their rungs; those that were not drawn show how good
 * it is, and how much worse with a column permuted.
 *
 * <p>Tribuo grows the trees; its own forest draws rows, not trials, and does not tell which.
 */
final class Forest {
  private static final int MOST_TREES = 100;
  private static final int FEWEST_TREES = 20;

  /** Many rows need fewer trees for the same certainty, and so take no longer than seconds. */
  private static final int ROWS_OF_ALL_TREES = 60_000;

  private static final int DEPTH = 12;
  private static final float LEAST_IN_LEAF = 3;
  private static final float COLUMNS_AT_SPLIT = 0.6f;
  private static final long SEED = 1;

  /** Of an algorithm that the Java platform describes: the same numbers everywhere. */
  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private static final String LOSS = "loss";

  private final Features features;
  private final String[] names;
  private final double[] growth;
  private final double[] predicted;
  private final int[] predictions;

  private Forest(Features features) {
    this.features = features;
    int columns = features.rows()[0].length;
    names = IntStream.range(0, columns).mapToObj("%06d"::formatted).toArray(String[]::new);
    growth = new double[columns - 1];
    predicted = new double[features.losses().length];
    predictions = new int[features.losses().length];
  }

  /** Grows a forest; the same for the same features. */
  static Forest grow(Features features) {
    Forest forest = new Forest(features);
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("a study", factory), factory);
    for (int row = 0; row < features.losses().length; row++) {
      data.add(forest.example(features.rows()[row], features.losses()[row]));
    }
    int trees = Math.clamp(ROWS_OF_ALL_TREES / data.size(), FEWEST_TREES, MOST_TREES);
    for (int tree = 0; tree < trees; tree++) {
      forest.grow(data, tree);
    }
    return forest;
  }

  private ArrayExample<Regressor> example(double[] row, double loss) {
    return new ArrayExample<>(new Regressor(LOSS, loss), names, row);
  }

  private void grow(MutableDataset<Regressor> data, int tree) {
    RandomGenerator random = RANDOM.create(SEED + tree);
    int count = features.trials().size();
    boolean[] drawn = new boolean[count];
    IntStream.Builder rows = IntStream.builder();
    for (int i = 0; i < count; i++) {
      int trial = random.nextInt(count);
      drawn[trial] = true;
      IntStream.of(features.trials().get(trial)).forEach(rows::add);
    }
    CARTRegressionTrainer trainer =
        new CARTRegressionTrainer(
            DEPTH, LEAST_IN_LEAF, 0, COLUMNS_AT_SPLIT, false, new MeanSquaredError(), SEED + tree);
    Model<Regressor> model =
        trainer.train(new DatasetView<>(data, rows.build().toArray(), "drawn"));
    List<int[]> left =
        IntStream.range(0, count).filter(i -> !drawn[i]).mapToObj(features.trials()::get).toList();
    for (int[] own : left) {
      for (int row : own) {
        predicted[row] += predict(model, features.rows()[row]);
        predictions[row]++;
      }
    }
    for (int column = 0; column < growth.length; column++) {
      growth[column] += growth(model, left, column, shuffled(left.size(), random));
    }
  }

  /** Returns how much the squared errors of trials grow when each has the value of a donor. */
  private double growth(Model<Regressor> model, List<int[]> left, int column, int[] donors) {
    double sum = 0;
    for (int i = 0; i < donors.length; i++) {
      double other = features.rows()[left.get(donors[i])[0]][column];
      for (int row : left.get(i)) {
        double[] own = features.rows()[row];
        if (own[column] != other) {
          double[] permuted = own.clone();
          permuted[column] = other;
          double loss = features.losses()[row];
          sum += squared(predict(model, permuted) - loss) - squared(predict(model, own) - loss);
        }
      }
    }
    return sum;
  }

  private double predict(Model<Regressor> model, double[] row) {
    return model.predict(example(row, 0)).getOutput().getValues()[0];
  }

  private static double squared(double value) {
    return value * value;
  }

  private static int[] shuffled(int size, RandomGenerator random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /**
   * Returns how much the squared errors grow, in sum, when a column is permuted, {@code [p]}; about
   * 0 where it does not matter, by chance below.
   */
  double[] growth() {
    return growth.clone();
  }

  /**
   * Returns which part of the squared differences between losses at the same steps the forest
   * foretells of trials that a tree has not seen: at most 1, and 0 or less where a mean would do as
   * well.
   */
  double explained() {
    Map<Double, List<Integer>> rungs = new HashMap<>();
    for (int row = 0; row < predictions.length; row++) {
      if (predictions[row] > 0) {
        double[] own = features.rows()[row];
        rungs.computeIfAbsent(own[own.length - 1], steps -> new ArrayList<>()).add(row);
      }
    }
    double error = 0;
    double differences = 0;
    for (List<Integer> rows : rungs.values()) {
      double mean =
          rows.stream().mapToDouble(row -> features.losses()[row]).average().orElseThrow();
      for (int row : rows) {
        error += squared(predicted[row] / predictions[row] - features.losses()[row]);
        differences += squared(mean - features.losses()[row]);
      }
    }
    return differences == 0 ? 0 : 1 - error / differences;
  }
}
