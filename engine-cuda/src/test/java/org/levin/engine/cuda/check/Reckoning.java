package org.levin.engine.cuda.check;

import java.util.List;
import java.util.Locale;
import org.levin.engine.cuda.driver.TimedDriver.Timed;

/**
 * What a launch may take on an H200: an estimate by a few rates, for a table of what is worth work,
 * and no measurement.
 */
final class Reckoning {
  /** Kernels that stream reach that share of the memory's peak. */
  private static final double MEMORY = 0.85;

  /** Bytes a second from the second-level cache, as others have measured them on an H100. */
  private static final double CACHE = 5.5e12;

  /** Seconds until a kernel's first blocks have begun and its last have ended. */
  private static final double START = 2e-6;

  /**
   * Seconds of a step of the recurrence beside its reading and its multiplying: four times through
   * the second-level cache to announce, to be seen, to ask and to get, and the cell.
   */
  private static final double EXCHANGE = 2.5e-6;

  /** Without tensor cores, 16 multiply-adds have to share eight values from shared memory. */
  private static final double FP32_SHARE = 0.4;

  /** {@code mma.sync} reaches three fifths of what {@code wgmma} would, its kernel less. */
  private static final double TENSOR_SHARE = 0.5;

  private static final double GATES = 4;

  private Reckoning() {}

  static double seconds(Timed timed, Peaks peaks) {
    String kernel = timed.name();
    LaunchCost cost = LaunchCost.of(timed).orElse(new LaunchCost(0, 0));
    double operations = cost.operationSeconds(kernel, peaks) / share(kernel);
    double work = Math.max(operations, cost.byteSeconds(peaks) / MEMORY);
    if (kernel.startsWith("product")) {
      return START + Math.max(work, productBytes(kernel, timed.sizes()) / CACHE);
    }
    if (kernel.startsWith("recurrent")) {
      double steps = timed.sizes().get(2);
      double reading = exchangedBytes(kernel, timed.sizes()) / CACHE;
      return START + steps * EXCHANGE + Math.max(work, reading);
    }
    return START + work;
  }

  private static double share(String kernel) {
    String name = kernel.toLowerCase(Locale.ROOT);
    return name.contains("tf32") || name.contains("bf16") ? TENSOR_SHARE : FP32_SHARE;
  }

  /** Every tile reads its rows and its columns of the factors. */
  private static double productBytes(String kernel, List<Integer> n) {
    boolean small = kernel.endsWith("Small");
    boolean strict = share(kernel) == FP32_SHARE;
    double rows = strict ? 64 : small ? 32 : 128;
    double columns = strict || small ? 64 : 128;
    double tiles = Math.ceil(n.get(0) / rows) * Math.ceil(n.get(1) / columns);
    return tiles * n.get(2) * (rows + columns) * LaunchCost.factorBytes(kernel);
  }

  /** In every step a block reads what its group has written in the step before. */
  private static double exchangedBytes(String kernel, List<Integer> n) {
    double values = kernel.startsWith("recurrentForward") ? 1 : GATES;
    double blocks = Math.ceil((double) n.get(1) / n.get(4));
    return blocks * n.get(0) * n.get(1) * n.get(2) * values * LaunchCost.factorBytes(kernel);
  }
}
