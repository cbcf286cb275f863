package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.levin.corpus.Batch;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;

/** What does not fit is refused by name, and changes nothing. */
public interface ArgumentContract extends EngineUnderTest {

  @Test
  default void refusesWhatDoesNotFit() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        NetworkState state = network.state(2)) {
      float[] before = network.parameters().toArray();
      int[] six = new int[6];
      assertRefused("logits", () -> network.forward(six, 3, state, new float[29]));
      assertRefused("inputs", () -> network.forward(new int[5], 3, state, new float[30]));
      assertRefused("steps", () -> network.forward(new int[0], 0, state, new float[0]));
      assertRefused(
          "inputs[2] is -7",
          () -> network.forward(new int[] {0, 0, -7, 0, 0, 0}, 3, state, new float[30]));
      assertRefused(
          "inputs[5] is 5",
          () -> network.loss(new Batch(2, 3, new int[] {0, 0, 0, 0, 0, 5}, six), state));
      assertRefused(
          "targets[0] is -1",
          () -> network.loss(new Batch(2, 3, six, new int[] {-1, 0, 0, 0, 0, 0}), state));
      assertRefused(
          "targets[1] is 9", () -> network.expect(new Batch(1, 2, new int[2], new int[] {0, 9})));
      assertRefused("3 rows", () -> network.train(new Batch(3, 2, six, six), state, shape.step(0)));
      assertRefused(
          "gradients", () -> network.gradients(shape.batch(0), state, shape.step(0), new float[1]));
      assertRefused("hidden", () -> state.set(new float[3], new float[8]));
      assertRefused("cell", () -> state.set(new float[8], new float[9]));
      assertRefused(
          "moments", () -> network.restore(new OptimizerState(new float[1], new float[1])));
      assertRefused("rows", () -> network.state(0));
      assertArrayEquals(new float[8], state.hidden(), "nothing has changed");
      assertArrayEquals(new float[8], state.cell(), "nothing has changed");
      assertArrayEquals(before, network.parameters().toArray(), "nothing has changed");
    }
  }

  @Test
  default void refusesTheStateOfANetworkOfAnotherShape() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters());
        Network wider = engine.network(new TestShape(1, 8, 5, 2, 3).parameters());
        Network deeper = engine.network(new TestShape(2, 4, 5, 2, 3).parameters());
        NetworkState wide = wider.state(2);
        NetworkState deep = deeper.state(2)) {
      assertRefused("architecture", () -> network.loss(shape.batch(0), wide));
      assertRefused("architecture", () -> network.loss(shape.batch(0), deep));
      assertRefused("engine", () -> network.loss(shape.batch(0), new ForeignState()));
    }
  }

  private static void assertRefused(String named, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(named), message);
  }
}
