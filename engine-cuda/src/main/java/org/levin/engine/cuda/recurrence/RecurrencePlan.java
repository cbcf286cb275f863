package org.levin.engine.cuda.recurrence;

import java.util.List;
import java.util.Optional;
import org.levin.engine.cuda.driver.CudaDevice;

/**
 * How the rows and units of a layer are divided. A launch takes some rows through all steps; its
 * rows and units are divided among blocks that are all resident at once, at most one on a
 * multiprocessor. No division changes a result.
 *
 * @param kernel what is launched
 * @param launchRows rows of each launch; the last may have fewer
 * @param groups of blocks, which do not know each other
 * @param groupRows rows of each group; the last may have fewer
 * @param blocks of each group
 * @param blockUnits units of each block, likewise
 * @param threads of each block
 * @param sharedBytes of shared memory, for each block
 */
public record RecurrencePlan(
    RecurrentKernel kernel,
    int launchRows,
    int groups,
    int groupRows,
    int blocks,
    int blockUnits,
    int threads,
    int sharedBytes) {

  /** One after the other; more are not worthwhile. */
  private static final int MOST_LAUNCHES = 8;

  /** In which the blocks of a group tell each other a step; an estimate, and the most uncertain. */
  private static final long EXCHANGE_CYCLES = 2000;

  /** What each block of a group adds to them; an estimate. */
  private static final long WAIT_CYCLES = 4;

  /** Of a product and a cell that are launched for one step, computing apart; an estimate. */
  private static final long STEP_CYCLES = 8000;

  /** Returns the plan that promises the shortest steps, if there is one that fits. */
  public static Optional<RecurrencePlan> of(
      List<RecurrentKernel> kernels, int hidden, int rows, CudaDevice device) {
    RecurrencePlan best = null;
    long least = Long.MAX_VALUE;
    for (RecurrentKernel kernel : kernels) {
      for (int launches = 1; launches <= Math.min(rows, MOST_LAUNCHES); launches++) {
        for (int blocks = 1; blocks <= Math.min(hidden, device.multiprocessors()); blocks++) {
          RecurrencePlan plan =
              divide(kernel, hidden, Math.ceilDiv(rows, launches), blocks, device);
          long cycles = launches * plan.cycles(hidden);
          if (plan.fits(hidden, device) && cycles < least) {
            best = plan;
            least = cycles;
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static RecurrencePlan divide(
      RecurrentKernel kernel, int hidden, int rows, int blocks, CudaDevice device) {
    RecurrentBlock block = kernel.block();
    int units = block.units(Math.ceilDiv(hidden, blocks));
    int groupRows = Math.ceilDiv(rows, Math.min(rows, device.multiprocessors() / blocks));
    int threads = block.threads(groupRows, units);
    int bytes = (int) Math.min(block.sharedBytes(hidden, groupRows, units), Integer.MAX_VALUE);
    int groups = Math.ceilDiv(rows, groupRows);
    return new RecurrencePlan(kernel, rows, groups, groupRows, blocks, units, threads, bytes);
  }

  private boolean fits(int hidden, CudaDevice device) {
    boolean isEachBusy = Math.ceilDiv(hidden, blockUnits) == blocks;
    return isEachBusy && threads > 0 && sharedBytes <= device.sharedMemory();
  }

  /**
   * Returns whether it promises shorter steps than launches for each step do, whose products have
   * the whole device, and reach half of its peak.
   */
  public boolean isWorthwhile(int hidden, int rows, CudaDevice device) {
    long products = (long) rows * RecurrentBlock.GATES * hidden * hidden;
    long peak = (long) device.multiprocessors() * kernel.block().productsACycle();
    return Math.ceilDiv(rows, launchRows) * cycles(hidden) < STEP_CYCLES + products * 2 / peak;
  }

  /** Returns how long a step of a launch takes. */
  private long cycles(int hidden) {
    long computed = kernel.block().cycles(hidden, groupRows, blockUnits);
    return EXCHANGE_CYCLES + WAIT_CYCLES * blocks + computed;
  }
}
