package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.DeviceAttributes;
import org.levin.engine.cuda.driver.DriverSearch;

/** Says what the device is, and the engine; what it knows before it opens the engine. */
final class DeviceProgram {
  private static final List<String> OVERVIEW = List.of("nvidia-smi");
  private static final List<String> QUERY =
      List.of("nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader");
  private static final Limits QUERY_LIMITS = Limits.of(10);
  private static final double NANOS = 1e9;

  private DeviceProgram() {}

  public static void main(String... arguments) throws InterruptedException {
    ask(OVERVIEW).forEach(System.out::println);
    ResultLine.print(
        ResultLine.object().put("driver", ask(QUERY).stream().findFirst().orElse("unknown")));
    switch (DriverSearch.outcome()) {
      case DriverSearch.Missing missing -> {
        ResultLine.print(ResultLine.object().put("engineError", missing.reason()));
        throw new IllegalStateException(missing.reason() + "; " + missing.remedy());
      }
      case DriverSearch.Found found -> {
        ResultLine.print(describe(found));
        open();
      }
    }
  }

  private static ObjectNode describe(DriverSearch.Found found) {
    CudaDevice device = found.device();
    DeviceAttributes attributes = DeviceAttributes.of(device);
    Peaks peaks = Peaks.of(device.name(), attributes);
    return ResultLine.object()
        .put("name", device.name())
        .put("capability", device.capabilityName())
        .put("memoryBytes", device.memory())
        .put("cudaVersion", found.driver().version())
        .put("multiprocessors", attributes.multiprocessors())
        .put("sharedMemoryBytes", device.sharedMemory())
        .put("clockHz", attributes.clock())
        .put("fp32PerSecond", peaks.fp32())
        .put("tf32PerSecond", peaks.tf32())
        .put("bf16PerSecond", peaks.bf16())
        .put("bytesPerSecond", peaks.bytes())
        .put("peaksFrom", peaks.source());
  }

  /** Twice: the first time, the driver compiles the kernels, and keeps them. */
  private static void open() {
    try {
      for (String field : List.of("openSeconds", "openAgainSeconds")) {
        long start = System.nanoTime();
        try (Engine engine = Engines.open(Optional.of("cuda"), new EngineOptions(1))) {
          double seconds = (System.nanoTime() - start) / NANOS;
          ResultLine.print(
              ResultLine.object().put("engineVersion", engine.version()).put(field, seconds));
        }
      }
    } catch (RuntimeException | Error e) {
      ResultLine.print(ResultLine.object().put("engineError", e.toString()));
      throw e;
    }
  }

  /** CUDA's driver interface does not tell all. */
  private static List<String> ask(List<String> command) throws InterruptedException {
    try {
      return Child.run(command, Map.of(), QUERY_LIMITS, line -> {}).lines();
    } catch (IOException e) {
      return List.of(); // there is no nvidia-smi
    }
  }
}
