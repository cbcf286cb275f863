package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** When batches are sent to the device. */
abstract class CudaUploads {
  private static final int SYMBOLS = 3;
  private static final String STEP = "64 bytes";

  /** Inputs, targets, positions, and where each symbol begins. */
  private static final String TOKENS = "%d bytes".formatted((3 * 4 + SYMBOLS + 1) * 4);

  private final DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
  private final List<String> calls = new ArrayList<>();

  @Test
  void aBatchThatIsExpectedIsSentWhileTheStepBeforeItRuns() {
    Batch[] batches = {batch(0), batch(1), batch(2)};
    var parameters = Initialization.UNIFORM.parameters(LstmArchitecture.of(1, 2), SYMBOLS, 1);
    try (Engine engine = CudaEngine.open(recording(), found.device(), Precision.DEFAULT);
        Network network = engine.network(parameters);
        NetworkState state = network.state(2)) {
      for (int t = 1; t <= 3; t++) { // until both lists of launches are graphs
        network.train(batches[0], state, step(t));
      }
      calls.clear();
      network.expect(batches[1]);
      network.train(batches[0], state, step(4));
      network.expect(batches[2]);
      network.train(batches[1], state, step(5));
      network.train(batches[2], state, step(6));
      network.train(batches[0], state, step(7));
    }
    List<String> expected =
        List.of(
            STEP, "graph", "graph", TOKENS, "wait", STEP, "graph", "graph", TOKENS, "wait", STEP,
            "graph", "graph", "wait", TOKENS, STEP, "graph", "graph", "wait");
    assertEquals(expected, calls.subList(0, expected.size()));
  }

  private static Batch batch(int first) {
    int[] ids = {first, 1, 2, 0};
    return new Batch(2, 2, ids, ids);
  }

  private static TrainingStep step(int number) {
    return new TrainingStep(number, 0.1, 0.5, 1, 1, Adam.DEFAULT);
  }

  private CudaDriver recording() {
    return WatchedDriver.of(
        found.driver(),
        (method, arguments) -> {
          switch (method) {
            case "copyToDevice" -> calls.add(arguments[2] + " bytes");
            case "synchronize" -> calls.add("wait");
            case "launch" -> calls.add(arguments.length == 2 ? "graph" : "kernel");
            default -> {}
          }
        });
  }
}
