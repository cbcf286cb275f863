package org.levin.engine.cpu;

/**
 * How threads share the rows of a batch: each takes rows of its own through all steps and layers,
 * and waits for nobody; or all take all rows, each some units of every layer, and meet after it.
 * The second reads the weights once for all rows, not once a thread, which counts where they are
 * many and the rows few.
 *
 * @param ranges of rows that are computed apart
 * @param parts of the units of each range
 * @param steps that go through a layer before they go through the next
 */
record WorkDivision(RowRange[] ranges, int parts, int steps) {
  /** Rows for which a thread of its own does not pay. */
  private static final int FEW_ROWS = 4;

  /** Rows of a thread that repay the reading of all weights. */
  private static final int MANY_ROWS = 128;

  /** Units from which on the weights of a layer leave the second cache. */
  private static final int WIDE = 256;

  /** Strips of units for each thread that make parts of about one size, worth a meeting. */
  private static final int STRIPS = 4;

  /** Tokens that go through a layer together: so many that their gates stay in the caches. */
  private static final int TOKENS = 128;

  /** Units from which on it is the weights of all layers that leave the caches. */
  private static final int VERY_WIDE = 512;

  /** Tokens that go through such a layer together: many to a reading of its weights. */
  private static final int MANY_TOKENS = 512;

  static WorkDivision of(NetworkShape shape, int rows, int steps, int threads) {
    int together = stepsTogether(shape, rows, steps);
    int strips = Math.ceilDiv(shape.hidden(), shape.unitWidth());
    boolean few = rows < FEW_ROWS * threads;
    boolean wide = shape.hidden() >= WIDE && rows < MANY_ROWS * threads;
    if ((few || wide) && strips >= STRIPS * threads) {
      return new WorkDivision(RowRange.divide(rows, 1), threads, together);
    }
    return new WorkDivision(RowRange.divide(rows, few ? 1 : threads), 1, together);
  }

  /** Returns how many of {@code steps} steps go through a layer together. */
  static int stepsTogether(NetworkShape shape, int rows, int steps) {
    boolean many = shape.layers() > 1 && shape.hidden() >= VERY_WIDE;
    int tokens = many ? MANY_TOKENS : TOKENS;
    return Math.clamp(tokens / rows, 1, steps);
  }
}
