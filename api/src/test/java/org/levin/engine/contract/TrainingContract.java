package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.model.Parameters;

/** Whole steps of training: clipping, Adam, and what is not finite. */
public interface TrainingContract extends EngineUnderTest {

  @Test
  default void tenClippedStepsOfAdamFollowTheFormula() {
    TestShape shape = new TestShape(2, 7, 11, 3, 5);
    Parameters parameters = shape.parameters();
    double[] w = NaiveLstm.doubles(parameters.toArray());
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    double[] hidden = new double[shape.stateSize()];
    double[] cell = new double[shape.stateSize()];
    double clip = 0.05;
    double rate = 0.01;
    try (Engine engine = open();
        Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      for (int t = 1; t <= 10; t++) {
        Batch batch = shape.batch(t);
        TrainingStep step = new TrainingStep(t, rate, 0.2, clip, 5, Adam.DEFAULT);
        StepResult result = network.train(batch, state, step);
        var expected = new NaiveLstm(parameters, w).run(batch, hidden, cell, step);
        hidden = expected.hidden();
        cell = expected.cell();
        double norm = expected.norm();
        assertTrue(norm > clip, "clipping is active");
        assertEquals(expected.loss(), result.loss(), Math.max(1e-4, tolerance()));
        assertEquals(norm, result.gradientNorm(), Math.max(1e-3, tolerance()) * norm);
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
      float[] actual = network.parameters().toArray();
      assertArrayEquals(w, NaiveLstm.doubles(actual), rate);
      double difference = 0;
      for (int i = 0; i < w.length; i++) {
        difference += Math.abs(w[i] - actual[i]) / w.length;
      }
      assertEquals(0, difference, Math.max(1e-4, tolerance() * rate));
    }
  }

  @Test
  default void aGradientThatIsShorterThanTheLimitIsNotClipped() {
    TestShape shape = new TestShape(1, 6, 5, 2, 4);
    try (Engine engine = open();
        Network wide = engine.network(shape.parameters());
        Network unlimited = engine.network(shape.parameters());
        NetworkState one = wide.state(shape.rows());
        NetworkState other = unlimited.state(shape.rows())) {
      StepResult result = wide.train(shape.batch(1), one, step(1e6));
      assertTrue(result.gradientNorm() < 1e6);
      unlimited.train(shape.batch(1), other, step(Double.POSITIVE_INFINITY));
      assertArrayEquals(unlimited.parameters().toArray(), wide.parameters().toArray());
    }
  }

  private static TrainingStep step(double clipNorm) {
    return new TrainingStep(1, 1e-2, 0, clipNorm, 1, Adam.DEFAULT);
  }

  @Test
  default void trainingLowersTheLoss() {
    TestShape shape = new TestShape(1, 16, 7, 4, 10);
    Batch batch = shape.batch(0);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
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
  default void whatWasTrainedIsWhatGoesForward() {
    TestShape shape = new TestShape(2, 11, 6, 3, 4);
    try (Engine engine = open();
        Network trained = engine.network(shape.parameters());
        NetworkState state = trained.state(shape.rows())) {
      shape.train(trained, state, 0, 3);
      try (Network fresh = engine.network(trained.parameters());
          NetworkState own = fresh.state(shape.rows())) {
        state.reset();
        assertEquals(fresh.loss(shape.batch(9), own), trained.loss(shape.batch(9), state));
      }
    }
  }

  @Test
  default void batchesOfOtherShapesMayFollow() {
    TestShape shape = new TestShape(1, 9, 12, 4, 6);
    TestShape other = new TestShape(1, 9, 12, 7, 2);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters())) {
      for (TestShape each : new TestShape[] {shape, other, shape}) {
        for (double dropout : new double[] {0, 0.4}) {
          Parameters parameters = network.parameters();
          try (NetworkState state = network.state(each.rows())) {
            each.fill(state);
            var expected = each.reference(parameters, each.batch(1), each.step(dropout));
            StepResult result = network.train(each.batch(1), state, each.step(dropout));
            assertEquals(expected.loss(), result.loss(), tolerance());
            assertEquals(
                expected.norm(), result.gradientNorm(), tolerance() * (1 + expected.norm()));
          }
        }
      }
    }
  }

  @Test
  default void whatIsExpectedChangesNoResult() {
    TestShape shape = new TestShape(2, 6, 9, 3, 4);
    Batch[] batches = IntStream.range(0, 6).mapToObj(shape::batch).toArray(Batch[]::new);
    Batch wrong = shape.batch(9);
    Batch larger = new TestShape(2, 6, 9, 5, 7).batch(1);
    float[] alone = trained(shape, batches, (network, next) -> {});
    assertArrayEquals(alone, trained(shape, batches, Network::expect));
    assertArrayEquals(alone, trained(shape, batches, (network, _) -> network.expect(wrong)));
    assertArrayEquals(alone, trained(shape, batches, (network, _) -> network.expect(larger)));
  }

  /** Trains on batches, each of which is told before the one before it; others come in between. */
  private float[] trained(TestShape shape, Batch[] batches, BiConsumer<Network, Batch> hint) {
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState state = network.state(shape.rows())) {
      for (int i = 0; i < batches.length; i++) {
        hint.accept(network, batches[(i + 1) % batches.length]);
        network.train(batches[i], state, shape.step(i % 4 == 3 ? 0 : 0.3));
        if (i == 2) {
          network.loss(shape.batch(7), state);
          float[] gradients = new float[shape.parameters().count()];
          network.gradients(shape.batch(8), state, shape.step(0.3), gradients);
        }
      }
      return network.parameters().toArray();
    }
  }

  /** A state that is not a number makes such a step on every engine, however wide its sums. */
  @Test
  default void aStepThatIsNotFiniteUpdatesNothing() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    float[] values = shape.parameters().toArray();
    float[] lost = new float[shape.stateSize()];
    Arrays.fill(lost, Float.NaN);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState state = network.state(2)) {
      state.set(lost, lost);
      StepResult result = network.train(shape.batch(1), state, shape.step(0));
      assertFalse(result.finite());
      assertArrayEquals(values, network.parameters().toArray());
      assertArrayEquals(new float[values.length], network.optimizerState().firstMoment());
      assertArrayEquals(new float[values.length], network.optimizerState().secondMoment());
    }
  }
}
