package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.format.Safetensors;
import org.levin.format.Tensor;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * Holds an engine to libtorch's numbers. The files are named, so that none can be missing; the
 * program {@code org.levin.benchmarks.GoldenFiles} wrote them.
 *
 * <p>Tolerances are relative to the largest value of an array, since both sides round sums of such
 * values; of ten steps of Adam, to the ten steps' length.
 */
public abstract class GoldenContract {
  private static final double FORWARD = 1e-6;
  private static final double GRADIENTS = 1e-5;
  private static final double TRAINED = 5e-4;

  @TempDir Path folder;

  /** Opens the engine to be tested; the suite closes it. */
  protected abstract Engine open();

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
  void agreesWithLibtorch(String name) throws IOException {
    Golden golden = new Golden(read(name));
    try (Engine engine = open()) {
      try (Network network = engine.network(golden.weights(""));
          NetworkState state = network.state(golden.rows())) {
        golden.enter(state);
        forward(golden, network, state);
      }
      try (Network network = engine.network(golden.weights(""));
          NetworkState state = network.state(golden.rows())) {
        golden.enter(state);
        gradients(golden, network, state);
      }
      try (Network network = engine.network(golden.weights(""));
          NetworkState state = network.state(golden.rows())) {
        golden.enter(state);
        training(golden, network, state);
      }
    }
  }

  private static void forward(Golden golden, Network network, NetworkState state) {
    float[] expected = golden.values("logits");
    float[] logits = new float[expected.length];
    network.forward(golden.batch(0).inputs(), golden.steps(), state, logits);
    compare("logits", expected, logits, FORWARD * largest(expected));
    compare("hidden", golden.values("leave.hidden"), state.hidden(), FORWARD);
    float[] cell = golden.values("leave.cell");
    compare("cell", cell, state.cell(), FORWARD * largest(cell));
  }

  private static void gradients(Golden golden, Network network, NetworkState state) {
    Parameters expected = golden.weights("gradient.");
    float[] gradients = new float[expected.count()];
    StepResult result =
        network.gradients(golden.batch(0), state, golden.trainingStep(1), gradients);
    float loss = golden.values("losses")[0];
    float norm = golden.values("norms")[0];
    compare("loss", loss, result.loss(), FORWARD * loss);
    compare("norm", norm, result.gradientNorm(), GRADIENTS * norm);
    for (ParameterTensor tensor : expected.tensors()) {
      float[] own = expected.toArray(tensor);
      compare(
          "gradient of " + tensor.name(),
          own,
          Arrays.copyOfRange(gradients, tensor.offset(), tensor.end()),
          GRADIENTS * largest(own));
    }
  }

  private static void training(Golden golden, Network network, NetworkState state) {
    float[] losses = golden.values("losses");
    float[] norms = golden.values("norms");
    for (int t = 0; t < losses.length; t++) {
      StepResult result = network.train(golden.batch(t), state, golden.trainingStep(t + 1));
      compare("loss of step " + (t + 1), losses[t], result.loss(), GRADIENTS * losses[t]);
      compare(
          "norm of step " + (t + 1), norms[t], result.gradientNorm(), 10 * GRADIENTS * norms[t]);
    }
    Parameters expected = golden.weights("trained.");
    Parameters trained = network.parameters();
    double way = golden.number("learningRate") * losses.length;
    for (ParameterTensor tensor : expected.tensors()) {
      compare(
          "trained " + tensor.name(),
          expected.toArray(tensor),
          trained.toArray(tensor),
          TRAINED * way);
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

  private Safetensors read(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream stream =
        GoldenContract.class.getResourceAsStream("golden/" + name + ".safetensors")) {
      Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return Safetensors.read(file);
  }

  /** What a file holds. */
  private record Golden(Safetensors file) {
    float[] values(String name) {
      return file.tensor(name).orElseThrow().values();
    }

    double number(String key) {
      return Double.parseDouble(file.metadata().get(key));
    }

    private List<Integer> batches() {
      return file.tensor("inputs").orElseThrow().shape();
    }

    int rows() {
      return batches().get(1);
    }

    int steps() {
      return batches().get(2);
    }

    Batch batch(int index) {
      int tokens = rows() * steps();
      return new Batch(
          rows(),
          steps(),
          ids(values("inputs"), index * tokens, tokens),
          ids(values("targets"), index * tokens, tokens));
    }

    private static int[] ids(float[] values, int from, int count) {
      int[] ids = new int[count];
      for (int i = 0; i < count; i++) {
        ids[i] = (int) values[from + i];
      }
      return ids;
    }

    void enter(NetworkState state) {
      state.set(values("enter.hidden"), values("enter.cell"));
    }

    TrainingStep trainingStep(int number) {
      return new TrainingStep(
          number, number("learningRate"), 0, number("clipNorm"), 1, Adam.DEFAULT);
    }

    /** Returns the tensors of this prefix in the order of parameters. */
    Parameters weights(String prefix) {
      List<Integer> state = file.tensor("enter.hidden").orElseThrow().shape();
      LstmArchitecture architecture = LstmArchitecture.of(state.getFirst(), state.getLast());
      int vocabulary = file.tensor("fc.bias").orElseThrow().shape().getFirst();
      List<ParameterTensor> layout = architecture.tensors(vocabulary);
      float[] values = new float[layout.getLast().end()];
      for (ParameterTensor expected : layout) {
        Tensor tensor = file.tensor(prefix + expected.name()).orElseThrow();
        assertEquals(expected.shape(), tensor.shape(), tensor.name());
        System.arraycopy(tensor.values(), 0, values, expected.offset(), tensor.values().length);
      }
      return Parameters.of(architecture, vocabulary, values);
    }
  }
}
