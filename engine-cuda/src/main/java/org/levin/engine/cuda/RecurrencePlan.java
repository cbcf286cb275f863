package org.levin.engine.cuda;

import java.util.List;
import java.util.Optional;
import org.levin.engine.cuda.driver.CudaDevice;

/**
 * How the rows and units of a layer are divided among blocks that are all resident at once, at most
 * one on a multiprocessor, and stay for all steps. No division changes a result.
 *
 * @param kernel what is launched
 * @param groups of blocks, which do not know each other
 * @param groupRows rows of each group; the last may have fewer
 * @param blocks of each group
 * @param blockUnits units of each block, likewise
 * @param threads of each block
 * @param sharedBytes of shared memory, for each block
 */
record RecurrencePlan(
    RecurrentKernel kernel,
    int groups,
    int groupRows,
    int blocks,
    int blockUnits,
    int threads,
    int sharedBytes) {

  /** What each block of a group adds to the cycles that all wait for each other; an estimate. */
  private static final long WAIT_CYCLES = 4;

  /** Returns the plan that promises the shortest steps, if there is one that fits. */
  static Optional<RecurrencePlan> of(
      List<RecurrentKernel> kernels, int hidden, int rows, CudaDevice device) {
    RecurrencePlan best = null;
    long least = Long.MAX_VALUE;
    for (RecurrentKernel kernel : kernels) {
      for (int blocks = 1; blocks <= Math.min(hidden, device.multiprocessors()); blocks++) {
        int units = kernel.block().units(Math.ceilDiv(hidden, blocks));
        int groupRows = Math.ceilDiv(rows, Math.min(rows, device.multiprocessors() / blocks));
        int threads = kernel.block().threads(groupRows, units);
        long bytes = kernel.block().sharedBytes(hidden, groupRows, units);
        long cycles = kernel.block().cycles(hidden, groupRows, units) + WAIT_CYCLES * blocks;
        boolean none = Math.ceilDiv(hidden, units) < blocks; // some would have no units
        if (!none && threads > 0 && bytes <= device.sharedMemory() && cycles < least) {
          least = cycles;
          int groups = Math.ceilDiv(rows, groupRows);
          best = new RecurrencePlan(kernel, groups, groupRows, blocks, units, threads, (int) bytes);
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
