package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.CudaException;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** Lists of launches that become graphs, or do not. */
abstract class CudaGraphs {
  private final DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
  private final AtomicInteger graphs = new AtomicInteger();

  private float[] trained(CudaDriver driver) {
    graphs.set(0);
    Batch batch = new Batch(1, 2, new int[] {0, 1}, new int[] {1, 2});
    var parameters = Initialization.UNIFORM.parameters(LstmArchitecture.of(1, 2), 3, 1);
    try (Engine engine = CudaEngine.open(driver, found.device(), Precision.DEFAULT);
        Network network = engine.network(parameters);
        NetworkState state = network.state(1)) {
      for (int t = 1; t <= 4; t++) {
        network.train(batch, state, new TrainingStep(t, 0.1, 0.5, 1, 1, Adam.DEFAULT));
      }
      return network.parameters().toArray();
    }
  }

  private CudaDriver refusing(String method, String errorName) {
    return WatchedDriver.of(
        found.driver(),
        (called, arguments) -> {
          if (called.equals("launch") && arguments.length == 2) {
            graphs.incrementAndGet();
          }
          if (called.equals(method)) {
            throw new CudaException(method, errorName, "it was to fail");
          }
        });
  }

  @Test
  void fromTheSecondTimeOnTheyAre() {
    trained(refusing("nothing", ""));
    assertEquals(2 * 3, graphs.get(), "gradients and update, three times each");
  }

  @ParameterizedTest
  @CsvSource({
    "beginCapture, CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
    "beginCapture, CUDA_ERROR_NOT_SUPPORTED",
    "beginCapture, CUDA_ERROR_NOT_PERMITTED"
  })
  void whereTheDriverCannotTakeThemDownTheyGoOneByOne(String method, String errorName) {
    float[] expected = trained(found.driver());
    assertArrayEquals(expected, trained(refusing(method, errorName)));
    assertEquals(0, graphs.get());
  }

  @Test
  void whatElseFailsIsThrown() {
    CudaDriver driver = refusing("beginCapture", "CUDA_ERROR_LAUNCH_FAILED");
    assertThrows(CudaException.class, () -> trained(driver));
  }
}
