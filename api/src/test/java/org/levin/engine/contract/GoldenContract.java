package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.StepResult;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * Holds an engine to libtorch's numbers. The files are named, so that none can be missing; the
 * program {@code org.levin.benchmarks.GoldenFiles} wrote them.
 *
 * <p>Tolerances are relative to the largest value of an array, since both sides round sums of such
 * values; of ten steps of Adam, to the ten steps' length.
 */
public interface GoldenContract extends EngineUnderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "l1-h1-v2-b1-t1",
        "l1-h7-v83-b3-t19",
        "l1-h37-v2-b3-t1",
        "l2-h1-v83-b1-t19",
        "l2-h37-v83-b3-t19",
        "l3-h7-v2-b1-t19",
        "l3-h7-v83-b3-t1"
      })
  default void agreesWithLibtorch(String name, @TempDir Path folder) throws IOException {
    GoldenFile golden = GoldenFile.read(name, folder);
    try (Engine engine = open()) {
      for (GoldenComparison comparison :
          List.<GoldenComparison>of(this::forward, this::gradients, this::training)) {
        try (Network network = engine.network(golden.weights(""));
            NetworkState state = network.state(golden.rows())) {
          golden.enter(state);
          comparison.run(golden, network, state);
        }
      }
    }
  }

  private void forward(GoldenFile golden, Network network, NetworkState state) {
    float[] expected = golden.values("logits");
    float[] logits = new float[expected.length];
    network.forward(golden.batch(0).inputs(), golden.steps(), state, logits);
    compare("logits", expected, logits, goldenTolerance() * largest(expected));
    compare("hidden", golden.values("leave.hidden"), state.hidden(), goldenTolerance());
    float[] cell = golden.values("leave.cell");
    compare("cell", cell, state.cell(), goldenTolerance() * largest(cell));
  }

  private void gradients(GoldenFile golden, Network network, NetworkState state) {
    Parameters expected = golden.weights("gradient.");
    float[] gradients = new float[expected.count()];
    StepResult result =
        network.gradients(golden.batch(0), state, golden.trainingStep(1), gradients);
    float loss = golden.values("losses")[0];
    float norm = golden.values("norms")[0];
    compare("loss", loss, result.loss(), goldenTolerance() * loss);
    compare("norm", norm, result.gradientNorm(), 10 * goldenTolerance() * norm);
    for (ParameterTensor tensor : expected.tensors()) {
      float[] own = expected.toArray(tensor);
      compare(
          "gradient of " + tensor.name(),
          own,
          Arrays.copyOfRange(gradients, tensor.offset(), tensor.end()),
          10 * goldenTolerance() * largest(own));
    }
  }

  private void training(GoldenFile golden, Network network, NetworkState state) {
    float[] losses = golden.values("losses");
    float[] norms = golden.values("norms");
    for (int t = 0; t < losses.length; t++) {
      StepResult result = network.train(golden.batch(t), state, golden.trainingStep(t + 1));
      compare(
          "loss of step " + (t + 1), losses[t], result.loss(), 10 * goldenTolerance() * losses[t]);
      compare(
          "norm of step " + (t + 1),
          norms[t],
          result.gradientNorm(),
          100 * goldenTolerance() * norms[t]);
    }
    Parameters expected = golden.weights("trained.");
    Parameters trained = network.parameters();
    double way = golden.number("learningRate") * losses.length;
    for (ParameterTensor tensor : expected.tensors()) {
      compare(
          "trained " + tensor.name(),
          expected.toArray(tensor),
          trained.toArray(tensor),
          500 * goldenTolerance() * way);
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void compare(String name, float[] expected, float[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, name + "[" + i + "]");
    }
    Comparisons.golden(expected.length);
  }

  private static void compare(String name, double expected, double actual, double tolerance) {
    assertEquals(expected, actual, tolerance, name);
    Comparisons.golden(1);
  }
}
