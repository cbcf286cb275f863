package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.DeviceAttributes;
import org.levin.engine.cuda.driver.DriverSearch;

/** Says what the device is, and what the engine. */
final class DeviceProgram {
  private static final List<String> QUERY =
      List.of("nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader");
  private static final int QUERY_SECONDS = 10;

  private DeviceProgram() {}

  public static void main(String... arguments) throws InterruptedException {
    switch (DriverSearch.outcome()) {
      case DriverSearch.Missing missing -> throw new IllegalStateException(missing.reason());
      case DriverSearch.Found found -> ResultLine.print(describe(found));
    }
  }

  private static ObjectNode describe(DriverSearch.Found found) throws InterruptedException {
    CudaDevice device = found.device();
    ObjectNode result =
        ResultLine.object()
            .put("name", device.name())
            .put("capability", device.capabilityName())
            .put("memoryBytes", device.memory())
            .put("cudaVersion", found.driver().version())
            .put("driver", driver());
    DeviceAttributes attributes = DeviceAttributes.of(device);
    Peaks peaks = Peaks.of(device.name(), attributes);
    result
        .put("multiprocessors", attributes.multiprocessors())
        .put("clockHz", attributes.clock())
        .put("fp32PerSecond", peaks.fp32())
        .put("tf32PerSecond", peaks.tf32())
        .put("bf16PerSecond", peaks.bf16())
        .put("bytesPerSecond", peaks.bytes())
        .put("peaksFrom", peaks.source());
    try (Engine engine = Engines.open(Optional.of("cuda"), new EngineOptions(1))) {
      result.put("engineVersion", engine.version());
    }
    return result;
  }

  /** CUDA's driver interface does not tell. */
  private static String driver() throws InterruptedException {
    try {
      return Child.run(QUERY, QUERY_SECONDS).lines().stream().findFirst().orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // there is no nvidia-smi
    }
  }
}
