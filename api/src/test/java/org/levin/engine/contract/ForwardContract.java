package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.levin.engine.contract.Closeness.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.corpus.Batch;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.model.Parameters;

/** From ids to logits and losses, and the state that is carried. */
public interface ForwardContract extends EngineUnderTest {

  @ParameterizedTest
  @MethodSource("org.levin.engine.contract.TestShape#all")
  default void logitsLossAndStateAgreeWithTheReference(TestShape shape) {
    Parameters parameters = shape.parameters();
    Batch batch = shape.batch(1);
    try (Engine engine = open();
        Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      shape.fill(state);
      var expected = shape.reference(parameters, batch, shape.step(0));
      float[] logits = new float[batch.inputs().length * shape.vocabulary()];
      network.forward(batch.inputs(), shape.steps(), state, logits);
      assertClose(expected.logits(), logits, tolerance(), "logits");
      assertClose(expected.hidden(), state.hidden(), tolerance(), "hidden");
      assertClose(expected.cell(), state.cell(), tolerance(), "cell");
      shape.fill(state);
      assertEquals(expected.loss(), network.loss(batch, state), tolerance());
      assertClose(expected.hidden(), state.hidden(), tolerance(), "hidden");
      assertClose(expected.cell(), state.cell(), tolerance(), "cell");
    }
  }

  @Test
  default void aNewStateIsZeroAndAResetMakesItSoAgain() {
    TestShape shape = new TestShape(2, 5, 4, 3, 6);
    float[] zero = new float[shape.stateSize()];
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState state = network.state(shape.rows())) {
      assertEquals(shape.rows(), state.rows());
      assertArrayEquals(zero, state.hidden());
      assertArrayEquals(zero, state.cell());
      double first = network.loss(shape.batch(1), state);
      state.reset();
      assertArrayEquals(zero, state.hidden());
      assertArrayEquals(zero, state.cell());
      assertEquals(first, network.loss(shape.batch(1), state));
    }
  }

  @Test
  default void aStateThatWasTakenOutAndPutBackGoesOnAlike() {
    TestShape shape = new TestShape(2, 19, 13, 5, 4);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState state = network.state(shape.rows());
        NetworkState other = network.state(shape.rows())) {
      network.loss(shape.batch(1), state);
      other.set(state.hidden(), state.cell());
      assertEquals(network.loss(shape.batch(2), state), network.loss(shape.batch(2), other));
      assertArrayEquals(state.hidden(), other.hidden());
      assertArrayEquals(state.cell(), other.cell());
    }
  }

  @Test
  default void aTextInPiecesGivesTheNumbersOfTheWhole() {
    TestShape shape = new TestShape(2, 19, 13, 5, 24);
    Batch batch = shape.batch(4);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
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
  default void aRowDoesNotKnowTheOthers() {
    TestShape shape = new TestShape(2, 17, 11, 6, 5);
    int[] inputs = shape.batch(7).inputs();
    int each = shape.steps() * shape.vocabulary();
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState together = network.state(shape.rows())) {
      float[] all = new float[shape.rows() * each];
      network.forward(inputs, shape.steps(), together, all);
      for (int row = 0; row < shape.rows(); row++) {
        try (NetworkState alone = network.state(1)) {
          float[] own = new float[each];
          int[] text = Arrays.copyOfRange(inputs, row * shape.steps(), (row + 1) * shape.steps());
          network.forward(text, shape.steps(), alone, own);
          float[] expected = Arrays.copyOfRange(all, row * each, (row + 1) * each);
          assertClose(NaiveLstm.doubles(expected), own, tolerance(), "row " + row);
        }
      }
    }
  }

  @Test
  default void severalThreadsMayGoForwardAtOnceEachWithItsOwnState()
      throws InterruptedException, ExecutionException {
    TestShape shape = new TestShape(2, 23, 9, 3, 12);
    int threads = 4;
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 8 * threads; i++) {
        int seed = i;
        answers.add(executor.submit(() -> logits(network, shape, seed)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertArrayEquals(logits(network, shape, i), answers.get(i).get(), "text " + i);
      }
    }
  }

  private static float[] logits(Network network, TestShape shape, int seed) {
    float[] logits = new float[shape.rows() * shape.steps() * shape.vocabulary()];
    try (NetworkState state = network.state(shape.rows())) {
      network.forward(shape.batch(seed).inputs(), shape.steps(), state, logits);
    }
    return logits;
  }
}
