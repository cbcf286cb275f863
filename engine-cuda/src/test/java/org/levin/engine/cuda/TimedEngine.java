package org.levin.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.engine.Engine;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.driver.TimedDriver;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.ParameterType;
import org.levin.engine.cuda.kernel.Precision;

/**
 * The engine over a driver that measures.
 *
 * @param engine the caller's to close
 */
public record TimedEngine(TimedDriver driver, Engine engine) {

  /** Opens it. */
  public static TimedEngine open(DriverSearch.Found found, TimedDriver.Ballast ballast) {
    TimedDriver timed = new TimedDriver(found.driver(), ballast, TimedEngine::sizes);
    return new TimedEngine(timed, CudaEngine.open(timed.proxy(), found.device(), precision()));
  }

  /** Returns the numbers among the arguments of a kernel, whose table is at that address. */
  static List<Integer> sizes(String entry, long arguments) {
    List<ParameterType> parameters =
        Arrays.stream(Kernel.values())
            .filter(kernel -> kernel.entry().equals(entry))
            .findFirst()
            .orElseThrow()
            .parameters();
    MemorySegment table = at(arguments, (long) parameters.size() * Long.BYTES);
    return IntStream.range(0, parameters.size())
        .filter(i -> parameters.get(i) == ParameterType.INT)
        .mapToObj(i -> table.getAtIndex(ValueLayout.JAVA_LONG, i))
        .map(address -> at(address, Integer.BYTES).get(ValueLayout.JAVA_INT, 0))
        .toList();
  }

  @SuppressWarnings("restricted") // the table was written by the engine, and lives as long as it
  private static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  private static Precision precision() {
    return switch (PrecisionChoice.current()) {
      case PrecisionChoice.Chosen chosen -> chosen.precision();
      case PrecisionChoice.Impossible impossible ->
          throw new IllegalStateException(impossible.reason() + "; " + impossible.remedy());
    };
  }
}
