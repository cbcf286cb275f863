package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.CudaException;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.report.Counts;

/** Every call of the driver fails once. */
abstract class CudaFailures {
  private final DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();

  @Test
  void whateverFailsIsToldAndNothingStaysTaken() {
    FailingDriver whole = new FailingDriver(found.driver(), -1);
    float[] expected = work(whole);
    assertEquals(Map.of(), whole.kept());
    assertTrue(whole.calls() > 100, () -> "%d calls".formatted(whole.calls()));
    for (int call = 0; call < whole.calls(); call++) {
      FailingDriver failing = new FailingDriver(found.driver(), call);
      String message = "call " + call;
      CudaException failure = assertThrows(CudaException.class, () -> work(failing), message);
      assertEquals("CUDA_ERROR_OF_THE_TEST", failure.errorName(), message);
      assertEquals(Map.of(), failing.kept(), () -> message + ": " + failure);
    }
    assertArrayEquals(expected, work(new FailingDriver(found.driver(), -1)));
    Counts.add(Emulation.DEVICE, "failures of the driver", whole.calls());
  }

  /** Does a bit of everything; steps are launched one by one, then taken down, then as a graph. */
  private float[] work(FailingDriver driver) {
    Batch batch = new Batch(1, 2, new int[] {0, 1}, new int[] {1, 2});
    var parameters = Initialization.UNIFORM.parameters(LstmArchitecture.of(1, 2), 3, 1);
    try (Engine engine = CudaEngine.open(driver.proxy(), found.device(), Precision.DEFAULT);
        Network network = engine.network(parameters);
        NetworkState state = network.state(1)) {
      for (int t = 1; t <= 3; t++) {
        network.train(batch, state, new TrainingStep(t, 0.1, 0.5, 1, 1, Adam.DEFAULT));
      }
      network.loss(batch, state);
      state.set(state.hidden(), state.cell());
      state.reset();
      network.restore(network.optimizerState());
      network.forward(new int[] {1, 2}, 2, state, new float[6]);
      network.forward(new int[] {1}, 1, state, new float[3]);
      return network.parameters().toArray();
    }
  }

  @Test
  void aBatchThatDoesNotFitIsToldAndTheNetworkGoesOn() {
    int rows = 2_000;
    int steps = 1_000;
    var parameters = Initialization.UNIFORM.parameters(LstmArchitecture.of(1, 64), 3, 1);
    TrainingStep step = new TrainingStep(1, 0.1, 0.5, 1, 1, Adam.DEFAULT);
    try (CudaEngine engine = CudaEngine.open(found.driver(), found.device(), Precision.DEFAULT);
        Network network = engine.network(parameters);
        NetworkState small = network.state(1);
        NetworkState large = network.state(rows)) {
      network.optimizerState();
      int before = engine.takenMemory();
      Batch batch = new Batch(rows, steps, new int[rows * steps], new int[rows * steps]);
      CudaException failure =
          assertThrows(CudaException.class, () -> network.train(batch, large, step));
      assertEquals("CUDA_ERROR_OUT_OF_MEMORY", failure.errorName());
      assertTrue(
          failure.getMessage().contains("bytes free; take a smaller batch"), failure::getMessage);
      assertEquals(before, engine.takenMemory());
      Batch other = new Batch(1, 2, new int[] {0, 1}, new int[] {1, 2});
      assertTrue(network.train(other, small, step).finite());
    }
  }
}
