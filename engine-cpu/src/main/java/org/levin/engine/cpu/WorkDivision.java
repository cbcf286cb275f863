package org.levin.engine.cpu;

/**
 * How threads share the rows of a batch: each takes rows of its own through all steps and layers,
 * and waits for nobody; or all take all rows, each some units of every layer, and meet after it.
 * The second reads the weights once for all rows, not once a thread, which counts where they are
 * many and the rows few.
 *
 * @param ranges of rows that are computed apart
 * @param parts of the units of each range
 */
record WorkDivision(RowRange[] ranges, int parts) {
  /** Rows for which a thread of its own does not pay. */
  private static final int FEW_ROWS = 4;

  /** Rows of a thread that repay the reading of all weights. */
  private static final int MANY_ROWS = 128;

  /** Units from which on the weights of a layer leave the second cache. */
  private static final int WIDE = 256;

  static WorkDivision of(NetworkShape shape, int rows, int threads) {
    if (shape.hidden() >= WIDE && rows < MANY_ROWS * threads) {
      return new WorkDivision(RowRange.divide(rows, 1), threads);
    }
    return new WorkDivision(RowRange.divide(rows, rows < FEW_ROWS * threads ? 1 : threads), 1);
  }
}
