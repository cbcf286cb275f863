package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.engine.cuda.product.Products;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** A network whose products are rounded, in one precision, beside a strict one. */
abstract class CudaRounding {
  private static final int VOCABULARY = 13;
  private static final int ROWS = 6;
  private static final int STEPS = 190;
  private static final int TRAINING = 12;

  private final Precision precision;
  private final Parameters parameters =
      Initialization.UNIFORM.parameters(LstmArchitecture.of(2, 36), VOCABULARY, 11);

  CudaRounding(Precision precision) {
    this.precision = precision;
  }

  /** A text with something to learn: after an id comes most often the same other one. */
  private static Batch batch(int seed) {
    int[] ids = new int[ROWS * STEPS + 1];
    var random = new java.util.SplittableRandom(seed);
    for (int i = 1; i < ids.length; i++) {
      ids[i] = random.nextInt(4) == 0 ? random.nextInt(VOCABULARY) : (ids[i - 1] * 5 + 1) % 13;
    }
    return new Batch(
        ROWS,
        STEPS,
        Arrays.copyOf(ids, ROWS * STEPS),
        Arrays.copyOfRange(ids, 1, ROWS * STEPS + 1));
  }

  private record Training(double[] losses, float[] parameters) {}

  private Training train(Precision precision) {
    double[] losses = new double[TRAINING];
    try (Engine engine = CudaContract.open(precision);
        Network network = engine.network(parameters);
        NetworkState state = network.state(ROWS)) {
      for (int t = 1; t <= TRAINING; t++) {
        TrainingStep step = new TrainingStep(t, 0.02, 0.2, 1, 77, Adam.DEFAULT);
        losses[t - 1] = network.train(batch(t), state, step).loss();
      }
      return new Training(losses, network.parameters().toArray());
    }
  }

  @Test
  void repeatsToTheBitAndRoundsOtherThanTheStrictOneYetLearnsAsWell() {
    Training rounded = train(precision);
    Training again = train(precision);
    assertArrayEquals(rounded.losses, again.losses);
    assertArrayEquals(rounded.parameters, again.parameters);
    Training strict = train(Precision.FP32);
    assertFalse(Arrays.equals(strict.parameters, rounded.parameters), "nothing was rounded");
    double learned = strict.losses[0] - strict.losses[TRAINING - 1];
    assertTrue(learned > 0.3, () -> "it has learned little: " + learned);
    double tolerance = precision == Precision.BF16 ? 2e-2 : 2e-3;
    for (int t = 0; t < TRAINING; t++) {
      assertEquals(strict.losses[t], rounded.losses[t], tolerance * strict.losses[t], "step " + t);
    }
  }

  /** The gradients of the weights are sums over so many tokens that they are cut into slices. */
  @Test
  void gradientsPointWhereTheStrictOnesDo() {
    int hidden = parameters.architecture().hiddenSize();
    assertTrue(Products.partials(precision, 4 * hidden, hidden, ROWS * STEPS) > 0, "not one slice");
    float[] rounded = gradients(precision);
    float[] strict = gradients(Precision.FP32);
    for (var tensor : parameters.tensors()) {
      double product = 0;
      double first = 0;
      double second = 0;
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        product += (double) rounded[i] * strict[i];
        first += (double) rounded[i] * rounded[i];
        second += (double) strict[i] * strict[i];
      }
      double cosine = product / Math.sqrt(first * second);
      double least = precision == Precision.BF16 ? 0.999 : 0.9999;
      assertTrue(cosine > least, () -> tensor.name() + ": " + cosine);
    }
  }

  private float[] gradients(Precision precision) {
    float[] gradients = new float[parameters.count()];
    try (Engine engine = CudaContract.open(precision);
        Network network = engine.network(parameters);
        NetworkState state = network.state(ROWS)) {
      network.gradients(
          batch(1), state, new TrainingStep(1, 0.01, 0.2, 1, 77, Adam.DEFAULT), gradients);
    }
    return gradients;
  }

  @Test
  void theVersionNamesThePrecision() {
    for (Precision precision : Precision.values()) {
      try (Engine engine = CudaContract.open(precision)) {
        assertTrue(engine.version().endsWith(" (" + precision.label() + ")"), engine.version());
      }
    }
  }
}
