package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.levin.engine.contract.Closeness.assertClose;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.model.Parameters;

/** Losses and gradients, with and without dropout. */
public interface GradientContract extends EngineUnderTest {

  @ParameterizedTest
  @MethodSource("org.levin.engine.contract.TestShape#all")
  default void gradientsAgreeWithTheReference(TestShape shape) {
    for (double dropout : new double[] {0, 0.4}) {
      Parameters parameters = shape.parameters();
      Batch batch = shape.batch(2);
      TrainingStep step = shape.step(dropout);
      try (Engine engine = open();
          Network network = engine.network(parameters);
          NetworkState state = network.state(shape.rows())) {
        shape.fill(state);
        var expected = shape.reference(parameters, batch, step);
        float[] gradients = new float[parameters.count()];
        StepResult result = network.gradients(batch, state, step, gradients);
        assertEquals(expected.loss(), result.loss(), tolerance());
        assertEquals(expected.norm(), result.gradientNorm(), tolerance() * (1 + expected.norm()));
        for (var tensor : parameters.tensors()) {
          assertClose(
              Arrays.copyOfRange(expected.gradients(), tensor.offset(), tensor.end()),
              Arrays.copyOfRange(gradients, tensor.offset(), tensor.end()),
              tolerance(),
              tensor.name());
        }
        assertClose(expected.hidden(), state.hidden(), tolerance(), "hidden");
        assertClose(expected.cell(), state.cell(), tolerance(), "cell");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.levin.engine.contract.TestShape#tiny")
  default void everyGradientAgreesWithFiniteDifferences(TestShape shape) {
    double epsilon = 1e-5;
    Parameters parameters = shape.parameters();
    Batch batch = shape.batch(3);
    TrainingStep step = shape.step(0.25);
    float[] gradients = new float[parameters.count()];
    try (Engine engine = open();
        Network network = engine.network(parameters);
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
    assertClose(expected, gradients, tolerance(), "gradients");
  }

  /** All 64 bits of a seed count, and steps beyond 2^31 go on. */
  @Test
  default void dropoutDrawsTheMasksOfEverySeedAndStep() {
    TestShape shape = new TestShape(2, 13, 7, 5, 4);
    Parameters parameters = shape.parameters();
    Batch batch = shape.batch(5);
    try (Engine engine = open();
        Network network = engine.network(parameters)) {
      for (long seed : new long[] {0, 1, -1, 1L << 32, 0x123456789ABCDEFL}) {
        for (long number : new long[] {1, 2, 70_000, (1L << 31) + 1}) {
          for (double dropout : new double[] {0.1, 0.5, 0.9}) {
            TrainingStep step = new TrainingStep(number, 1e-3, dropout, 5, seed, Adam.DEFAULT);
            try (NetworkState state = network.state(shape.rows())) {
              shape.fill(state);
              var expected = shape.reference(parameters, batch, step);
              float[] gradients = new float[parameters.count()];
              StepResult result = network.gradients(batch, state, step, gradients);
              assertEquals(expected.loss(), result.loss(), tolerance(), step.toString());
              assertClose(expected.gradients(), gradients, tolerance(), step.toString());
            }
          }
        }
      }
    }
  }

  @Test
  default void gradientsChangeNoParameterAndNoMoment() {
    TestShape shape = new TestShape(1, 9, 12, 4, 6);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState state = network.state(shape.rows())) {
      shape.train(network, state, 0, 2);
      float[] parameters = network.parameters().toArray();
      float[] first = network.optimizerState().firstMoment();
      float[] second = network.optimizerState().secondMoment();
      network.gradients(shape.batch(3), state, shape.step(0.3), new float[parameters.length]);
      assertArrayEquals(parameters, network.parameters().toArray());
      assertArrayEquals(first, network.optimizerState().firstMoment());
      assertArrayEquals(second, network.optimizerState().secondMoment());
    }
  }
}
