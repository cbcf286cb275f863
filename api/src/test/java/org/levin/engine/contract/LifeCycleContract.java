package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.levin.corpus.Batch;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.engine.TrainingStep;

/** What is closed is closed, once and for all. */
public interface LifeCycleContract extends EngineUnderTest {

  @Test
  default void saysItsNameAndVersion() {
    try (Engine engine = open()) {
      assertFalse(engine.name().isBlank());
      assertFalse(engine.version().isBlank());
    }
  }

  @Test
  default void refusesToWorkOnceClosed() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    Batch batch = shape.batch(0);
    TrainingStep step = shape.step(0);
    try (Engine engine = open()) {
      Network network = engine.network(shape.parameters());
      NetworkState state = network.state(2);
      OptimizerState moments = network.optimizerState();
      network.close();
      List<Executable> calls =
          List.of(
              () -> network.state(1),
              () -> network.forward(batch.inputs(), 3, state, new float[30]),
              () -> network.loss(batch, state),
              () -> network.gradients(batch, state, step, new float[shape.parameters().count()]),
              () -> network.train(batch, state, step),
              () -> network.expect(batch),
              network::parameters,
              network::optimizerState,
              () -> network.restore(moments));
      for (Executable call : calls) {
        assertThrows(IllegalStateException.class, call);
      }
      state.close();
    }
  }

  @Test
  default void refusesAStateThatIsClosed() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    try (Engine engine = open();
        Network network = engine.network(shape.parameters())) {
      NetworkState state = network.state(2);
      state.close();
      List<Executable> calls =
          List.of(
              () -> network.loss(shape.batch(0), state),
              () -> network.train(shape.batch(0), state, shape.step(0)),
              state::reset,
              state::hidden,
              state::cell,
              () -> state.set(new float[8], new float[8]));
      for (Executable call : calls) {
        assertThrows(IllegalStateException.class, call);
      }
    }
  }

  @Test
  default void closingTwiceIsHarmless() {
    TestShape shape = new TestShape(1, 4, 5, 2, 3);
    Engine engine = open();
    Network network = engine.network(shape.parameters());
    NetworkState state = network.state(2);
    shape.train(network, state, 0, 1);
    for (AutoCloseable each : List.of(state, network, engine)) {
      assertDoesNotThrow(each::close);
      assertDoesNotThrow(each::close);
    }
  }
}
