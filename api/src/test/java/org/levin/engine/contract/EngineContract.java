package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** What every engine must do. An engine's tests extend this class and open the engine. */
public abstract class EngineContract {
  private Engine engine;

  /** Makes the suite. */
  protected EngineContract() {}

  /** Opens the engine under test; the suite closes it. */
  protected abstract Engine open();

  /**
   * Returns the largest difference from the reference that logits, losses and gradients may have,
   * relative to the largest value.
   */
  protected double tolerance() {
    return 2e-5;
  }

  @BeforeEach
  void openEngine() {
    engine = open();
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  /** Sizes that leave remainders everywhere: {@code L, H, V, B, T}. */
  static Stream<TestShape> shapes() {
    return Stream.of(
        new TestShape(1, 1, 2, 1, 1),
        new TestShape(1, 7, 83, 3, 19),
        new TestShape(2, 37, 83, 3, 19),
        new TestShape(3, 7, 2, 1, 19),
        new TestShape(2, 16, 5, 8, 3),
        new TestShape(2, 33, 17, 11, 5),
        new TestShape(1, 64, 129, 6, 7),
        new TestShape(3, 37, 83, 9, 4));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void logitsAndStateAgreeWithTheReference(TestShape shape) {
    Parameters parameters = shape.parameters();
    Batch batch = shape.batch(1);
    try (Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      shape.fill(state);
      var expected = shape.reference(parameters, batch, shape.step(0));
      float[] logits = new float[batch.inputs().length * shape.vocabulary()];
      network.forward(batch.inputs(), shape.steps(), state, logits);
      assertClose(expected.logits(), logits, "logits");
      assertClose(expected.hidden(), state.hidden(), "hidden");
      assertClose(expected.cell(), state.cell(), "cell");
      shape.fill(state);
      assertEquals(expected.loss(), network.loss(batch, state), tolerance());
      assertClose(expected.hidden(), state.hidden(), "hidden");
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsAgreeWithTheReference(TestShape shape) {
    for (double dropout : new double[] {0, 0.4}) {
      Parameters parameters = shape.parameters();
      Batch batch = shape.batch(2);
      TrainingStep step = shape.step(dropout);
      try (Network network = engine.network(parameters);
          NetworkState state = network.state(shape.rows())) {
        shape.fill(state);
        var expected = shape.reference(parameters, batch, step);
        float[] gradients = new float[parameters.count()];
        StepResult result = network.gradients(batch, state, step, gradients);
        assertEquals(expected.loss(), result.loss(), tolerance());
        double norm = Math.sqrt(Arrays.stream(expected.gradients()).map(g -> g * g).sum());
        assertEquals(norm, result.gradientNorm(), tolerance() * (1 + norm));
        for (var tensor : parameters.tensors()) {
          assertClose(
              Arrays.copyOfRange(expected.gradients(), tensor.offset(), tensor.end()),
              Arrays.copyOfRange(gradients, tensor.offset(), tensor.end()),
              tensor.name());
        }
        assertClose(expected.hidden(), state.hidden(), "hidden");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tinyShapes")
  void everyGradientAgreesWithFiniteDifferences(TestShape shape) {
    double epsilon = 1e-5;
    Parameters parameters = shape.parameters();
    Batch batch = shape.batch(3);
    TrainingStep step = shape.step(0.25);
    float[] gradients = new float[parameters.count()];
    try (Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      shape.fill(state);
      network.gradients(batch, state, step, gradients);
    }
    double[] values = NaiveLstm.doubles(parameters.toArray());
    double[] expected = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + epsilon;
      double above = shape.reference(new NaiveLstm(parameters, values), batch, step).loss();
      values[i] = value - epsilon;
      double below = shape.reference(new NaiveLstm(parameters, values), batch, step).loss();
      values[i] = value;
      expected[i] = (above - below) / (2 * epsilon);
    }
    assertClose(expected, gradients, "gradients");
  }

  static Stream<TestShape> tinyShapes() {
    return Stream.of(
        new TestShape(1, 3, 4, 2, 5), new TestShape(2, 5, 3, 3, 4), new TestShape(3, 2, 5, 1, 6));
  }

  @Test
  void tenClippedStepsOfAdamFollowTheFormula() {
    TestShape shape = new TestShape(2, 7, 11, 3, 5);
    Parameters parameters = shape.parameters();
    double[] w = NaiveLstm.doubles(parameters.toArray());
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    double[] hidden = new double[shape.stateSize()];
    double[] cell = new double[shape.stateSize()];
    double clip = 0.05;
    double rate = 0.01;
    try (Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      for (int t = 1; t <= 10; t++) {
        Batch batch = shape.batch(t);
        TrainingStep step = new TrainingStep(t, rate, 0.2, clip, 5, Adam.DEFAULT);
        StepResult result = network.train(batch, state, step);
        var expected = new NaiveLstm(parameters, w).run(batch, hidden, cell, step);
        hidden = expected.hidden();
        cell = expected.cell();
        double norm = Math.sqrt(Arrays.stream(expected.gradients()).map(g -> g * g).sum());
        assertTrue(norm > clip, "clipping is active");
        assertEquals(expected.loss(), result.loss(), 1e-4);
        assertEquals(norm, result.gradientNorm(), 1e-3 * norm);
        for (int i = 0; i < w.length; i++) {
          double g = expected.gradients()[i] * Math.min(1, clip / (norm + 1e-6));
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          w[i] -=
              rate
                  / (1 - Math.pow(0.9, t))
                  * m[i]
                  / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
        }
      }
      // Adam divides by the gradient's own size, so the rounding of a tiny gradient shows; the step
      // bounds it.
      assertArrayEquals(w, NaiveLstm.doubles(network.parameters().toArray()), rate);
      double difference = 0;
      float[] actual = network.parameters().toArray();
      for (int i = 0; i < w.length; i++) {
        difference += Math.abs(w[i] - actual[i]) / w.length;
      }
      assertEquals(0, difference, 1e-4);
    }
  }

  @Test
  void aTextInPiecesGivesTheNumbersOfTheWhole() {
    TestShape shape = new TestShape(2, 19, 13, 5, 24);
    Batch batch = shape.batch(4);
    try (Network network = engine.network(shape.parameters());
        NetworkState whole = network.state(5);
        NetworkState pieces = network.state(5)) {
      float[] expected = new float[5 * 24 * 13];
      network.forward(batch.inputs(), 24, whole, expected);
      float[] actual = new float[expected.length];
      for (int from = 0; from < 24; from += 8) {
        int[] inputs = new int[5 * 8];
        for (int b = 0; b < 5; b++) {
          System.arraycopy(batch.inputs(), b * 24 + from, inputs, b * 8, 8);
        }
        float[] logits = new float[5 * 8 * 13];
        network.forward(inputs, 8, pieces, logits);
        for (int b = 0; b < 5; b++) {
          System.arraycopy(logits, b * 8 * 13, actual, (b * 24 + from) * 13, 8 * 13);
        }
      }
      assertArrayEquals(expected, actual);
      assertArrayEquals(whole.hidden(), pieces.hidden());
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    TestShape shape = new TestShape(2, 21, 30, 6, 9);
    assertArrayEquals(
        train(shape, shape.parameters(), 0, 5).toArray(),
        train(shape, shape.parameters(), 0, 5).toArray());
  }

  @Test
  void anotherNetworkGoesOnWhereOneStopped() {
    TestShape shape = new TestShape(2, 21, 30, 6, 9);
    float[] expected = train(shape, shape.parameters(), 0, 6).toArray();
    Parameters middle;
    OptimizerState moments;
    float[] hidden;
    float[] cell;
    try (Network first = engine.network(shape.parameters());
        NetworkState state = first.state(6)) {
      train(first, state, shape, 0, 3);
      middle = first.parameters();
      moments = first.optimizerState();
      hidden = state.hidden();
      cell = state.cell();
    }
    try (Network second = engine.network(middle);
        NetworkState state = second.state(6)) {
      second.restore(moments);
      state.set(hidden, cell);
      train(second, state, shape, 3, 6);
      assertArrayEquals(expected, second.parameters().toArray());
    }
  }

  @Test
  void twoNetworksDoNotDisturbEachOther() {
    TestShape shape = new TestShape(1, 9, 12, 4, 6);
    float[] expected = train(shape, shape.parameters(), 0, 3).toArray();
    try (Network one = engine.network(shape.parameters());
        Network two = engine.network(shape.parameters());
        NetworkState stateOne = one.state(4);
        NetworkState stateTwo = two.state(4)) {
      for (int step = 0; step < 3; step++) {
        train(one, stateOne, shape, step, step + 1);
        train(two, stateTwo, shape, step, step + 1);
      }
      assertArrayEquals(expected, one.parameters().toArray());
      assertArrayEquals(expected, two.parameters().toArray());
    }
  }

  @Test
  void networksLeaveTheirParametersAlone() {
    TestShape shape = new TestShape(1, 9, 12, 4, 6);
    Parameters parameters = shape.parameters();
    float[] before = parameters.toArray();
    train(shape, parameters, 0, 2);
    assertArrayEquals(before, parameters.toArray());
  }

  @Test
  void trainingLowersTheLoss() {
    TestShape shape = new TestShape(1, 16, 7, 4, 10);
    Batch batch = shape.batch(0);
    try (Network network = engine.network(shape.parameters());
        NetworkState state = network.state(4)) {
      double first = network.loss(batch, state);
      for (int t = 1; t <= 60; t++) {
        state.reset();
        network.train(batch, state, new TrainingStep(t, 0.02, 0, 5, 1, Adam.DEFAULT));
      }
      state.reset();
      assertTrue(network.loss(batch, state) < first / 2, "forty tokens can be learned by heart");
    }
  }

  @Test
  void aStepThatIsNotFiniteUpdatesNothing() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    float[] values = shape.parameters().toArray();
    Arrays.fill(values, Float.MAX_VALUE);
    Parameters parameters = Parameters.of(LstmArchitecture.of(1, 4), 5, values);
    try (Network network = engine.network(parameters);
        NetworkState state = network.state(2)) {
      StepResult result = network.train(shape.batch(1), state, shape.step(0));
      assertFalse(result.finite());
      assertArrayEquals(values, network.parameters().toArray());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    try (Network network = engine.network(shape.parameters());
        NetworkState state = network.state(2)) {
      int[] six = new int[6];
      assertMessage("logits", () -> network.forward(six, 3, state, new float[29]));
      assertMessage("inputs", () -> network.forward(new int[5], 3, state, new float[30]));
      assertMessage(
          "inputs[5] is 5",
          () -> network.loss(new Batch(2, 3, new int[] {0, 0, 0, 0, 0, 5}, six), state));
      assertMessage(
          "targets[0] is -1",
          () -> network.loss(new Batch(2, 3, six, new int[] {-1, 0, 0, 0, 0, 0}), state));
      assertMessage("3 rows", () -> network.train(new Batch(3, 2, six, six), state, shape.step(0)));
      assertMessage(
          "gradients", () -> network.gradients(shape.batch(0), state, shape.step(0), new float[1]));
      assertMessage("hidden", () -> state.set(new float[3], new float[8]));
      assertMessage(
          "moments", () -> network.restore(new OptimizerState(new float[1], new float[1])));
      assertThrows(IllegalArgumentException.class, () -> network.state(0));
      assertArrayEquals(new float[8], state.hidden(), "nothing has changed");
    }
  }

  @Test
  void refusesToWorkOnceClosed() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    Network network = engine.network(shape.parameters());
    NetworkState state = network.state(2);
    NetworkState closed = network.state(2);
    closed.close();
    closed.close();
    assertThrows(IllegalStateException.class, () -> network.loss(shape.batch(0), closed));
    assertThrows(IllegalStateException.class, closed::hidden);
    network.close();
    network.close();
    assertThrows(IllegalStateException.class, () -> network.loss(shape.batch(0), state));
    assertThrows(IllegalStateException.class, network::parameters);
    assertThrows(IllegalStateException.class, () -> network.state(1));
    state.close();
  }

  private static void assertMessage(
      String expected, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private Parameters train(TestShape shape, Parameters parameters, int from, int to) {
    try (Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      train(network, state, shape, from, to);
      return network.parameters();
    }
  }

  private static void train(
      Network network, NetworkState state, TestShape shape, int from, int to) {
    for (int t = from + 1; t <= to; t++) {
      network.train(shape.batch(t), state, new TrainingStep(t, 1e-2, 0.3, 1, 9, Adam.DEFAULT));
    }
  }

  private void assertClose(double[] expected, float[] actual, String name) {
    assertEquals(expected.length, actual.length, name);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance() * largest + 1e-9, name + "[" + i + "]");
    }
  }
}
