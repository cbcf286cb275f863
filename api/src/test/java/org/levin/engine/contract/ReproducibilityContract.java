package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.model.Parameters;

/** One seed, one result; and a run that one network began goes on in another. */
public interface ReproducibilityContract extends EngineUnderTest {

  @Test
  default void theSameSeedGivesTheSameBits() {
    TestShape shape = new TestShape(2, 21, 30, 6, 9);
    try (Engine one = open();
        Engine other = open()) {
      assertArrayEquals(shape.trained(one, 0, 5), shape.trained(other, 0, 5));
    }
  }

  @Test
  default void anotherNetworkGoesOnWhereOneStopped() {
    TestShape shape = new TestShape(2, 21, 30, 6, 9);
    try (Engine engine = open()) {
      float[] expected = shape.trained(engine, 0, 6);
      Parameters middle;
      OptimizerState moments;
      float[] hidden;
      float[] cell;
      try (Network first = engine.network(shape.parameters());
          NetworkState state = first.state(6)) {
        shape.train(first, state, 0, 3);
        middle = first.parameters();
        moments = first.optimizerState();
        hidden = state.hidden();
        cell = state.cell();
      }
      try (Network second = engine.network(middle);
          NetworkState state = second.state(6)) {
        second.restore(moments);
        state.set(hidden, cell);
        shape.train(second, state, 3, 6);
        assertArrayEquals(expected, second.parameters().toArray());
      }
    }
  }

  @Test
  default void twoNetworksDoNotDisturbEachOther() {
    TestShape shape = new TestShape(1, 9, 12, 4, 6);
    try (Engine engine = open();
        Network one = engine.network(shape.parameters());
        Network two = engine.network(shape.parameters());
        NetworkState stateOne = one.state(4);
        NetworkState stateTwo = two.state(4)) {
      float[] expected = shape.trained(engine, 0, 3);
      for (int step = 0; step < 3; step++) {
        shape.train(one, stateOne, step, step + 1);
        shape.train(two, stateTwo, step, step + 1);
      }
      assertArrayEquals(expected, one.parameters().toArray());
      assertArrayEquals(expected, two.parameters().toArray());
    }
  }

  @Test
  default void whatGoesInAndOutIsCopied() {
    TestShape shape = new TestShape(1, 9, 12, 4, 6);
    Parameters parameters = shape.parameters();
    float[] before = parameters.toArray();
    try (Engine engine = open();
        Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      OptimizerState moments = network.optimizerState();
      float[] hidden = state.hidden();
      float[] cell = state.cell();
      network.restore(moments);
      state.set(hidden, cell);
      shape.train(network, state, 0, 2);
      assertArrayEquals(before, parameters.toArray());
      assertArrayEquals(new float[before.length], moments.firstMoment());
      assertArrayEquals(new float[before.length], moments.secondMoment());
      assertArrayEquals(new float[shape.stateSize()], hidden);
      assertArrayEquals(new float[shape.stateSize()], cell);
    }
  }
}
