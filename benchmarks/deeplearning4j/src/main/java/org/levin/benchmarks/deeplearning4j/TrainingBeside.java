package org.levin.benchmarks.deeplearning4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Steps of training by Levin and by Deeplearning4j, in turn in one process, on random characters:
 * two layers, dropout 0.5, Adam, gradients clipped at 5 (by Deeplearning4j layer by layer: it has
 * no norm of all gradients).
 */
public final class TrainingBeside {
  private static final int VOCABULARY = 84;
  private static final int LAYERS = 2;
  private static final double DROPOUT = 0.5;
  private static final double LEARNING_RATE = 1e-3;
  private static final double CLIP_NORM = 5;
  private static final long SEED = 42;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 7;
  private static final double NANOS = 1e9;

  private final int rows;
  private final int steps;
  private final Batch batch;

  private TrainingBeside(int rows, int steps) {
    this.rows = rows;
    this.steps = steps;
    SplittableRandom random = new SplittableRandom(SEED);
    int[] inputs = random.ints((long) rows * steps, 0, VOCABULARY).toArray();
    int[] targets = random.ints((long) rows * steps, 0, VOCABULARY).toArray();
    this.batch = new Batch(rows, steps, inputs, targets);
  }

  /**
   * Prints the characters that each trains a second, and their ratio: medians of seven rounds.
   *
   * @param arguments hidden units, rows of a batch, characters of a sequence, and steps of a round
   */
  public static void main(String... arguments) {
    int hidden = Integer.parseInt(arguments[0]);
    int perRound = Integer.parseInt(arguments[3]);
    new TrainingBeside(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
        .run(hidden, perRound);
  }

  private void run(int hidden, int perRound) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new IllegalStateException("start java with --add-modules=jdk.incubator.vector");
    }
    double[] levin = new double[ROUNDS];
    double[] other = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    int threads = Runtime.getRuntime().availableProcessors();
    MultiLayerNetwork deeplearning4j = deeplearning4j(hidden);
    DataSet data = new DataSet(oneHot(batch.inputs()), oneHot(batch.targets()));
    try (Engine engine = Engines.open(Optional.of("cpu"), new EngineOptions(threads));
        Network network =
            engine.network(
                Initialization.UNIFORM.parameters(
                    LstmArchitecture.of(LAYERS, hidden), VOCABULARY, SEED));
        NetworkState state = network.state(rows)) {
      long[] step = new long[1];
      Runnable own =
          () ->
              network.train(
                  batch,
                  state,
                  new TrainingStep(
                      ++step[0], LEARNING_RATE, DROPOUT, CLIP_NORM, SEED, Adam.DEFAULT));
      for (int i = -WARM_UPS; i < ROUNDS; i++) {
        double levinRate = rate(perRound, own);
        double otherRate = rate(perRound, () -> deeplearning4j.fit(data));
        if (i >= 0) {
          levin[i] = levinRate;
          other[i] = otherRate;
          ratios[i] = levinRate / otherRate;
        }
      }
    }
    System.out.printf(
        "%d x %d, batch %d, sequence %d: Levin %,.0f characters/s, Deeplearning4j %,.0f, ratio %.2f%n",
        LAYERS, hidden, rows, steps, median(levin), median(other), median(ratios));
  }

  private double rate(int perRound, Runnable step) {
    long start = System.nanoTime();
    for (int i = 0; i < perRound; i++) {
      step.run();
    }
    return (double) perRound * rows * steps * NANOS / (System.nanoTime() - start);
  }

  private static double median(double... values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Dropout stands before a layer there. */
  private MultiLayerNetwork deeplearning4j(int hidden) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .updater(new org.nd4j.linalg.learning.config.Adam(LEARNING_RATE))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(CLIP_NORM)
                .list()
                .layer(lstm(VOCABULARY, hidden).build())
                .layer(lstm(hidden, hidden).dropOut(1 - DROPOUT).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(hidden)
                        .nOut(VOCABULARY)
                        .dropOut(1 - DROPOUT)
                        .build())
                .backpropType(BackpropType.Standard)
                .build());
    network.init();
    return network;
  }

  private static LSTM.Builder lstm(int inputs, int hidden) {
    return new LSTM.Builder().nIn(inputs).nOut(hidden).activation(Activation.TANH);
  }

  /** Returns ids {@code [B,T]} as {@code [B,V,T]}. */
  private INDArray oneHot(int... ids) {
    float[] values = new float[rows * VOCABULARY * steps];
    for (int b = 0; b < rows; b++) {
      for (int t = 0; t < steps; t++) {
        values[(b * VOCABULARY + ids[b * steps + t]) * steps + t] = 1;
      }
    }
    return Nd4j.create(values, new long[] {rows, VOCABULARY, steps}, 'c');
  }
}
