package org.levin.engine.cuda.recurrence;

import org.levin.engine.cuda.kernel.Kernel;

/**
 * A block of a recurrent kernel on tensor cores. A warp has 16 lines of weights in each of its
 * tiles.
 *
 * @param planes that are exchanged: one forward, four backward
 * @param elementBytes of a factor
 * @param tiles of a warp: 1 for 16 rows of a group, 2 for 8
 * @param kept pieces of k whose weights are in registers
 * @param stages pieces of k that shared memory has room for
 */
record TensorBlock(int planes, int elementBytes, int tiles, int kept, int stages)
    implements RecurrentBlock {
  private static final int LINES = 16;

  /** Of k; all depths are rounded up to such pieces. */
  private static final int PIECE_BYTES = 256;

  /** Of a piece, in shared memory. */
  private static final int LINE_BYTES = PIECE_BYTES + 16;

  /** Of k, in one product. */
  private static final int PRODUCT_BYTES = 32;

  /** Until the next product can add to the same sums, as the compiler reckons for 9.0. */
  private static final int PRODUCT_CYCLES = 24;

  /** That a multiprocessor reads from shared memory in a cycle. */
  private static final int SHARED_BYTES_A_CYCLE = 128;

  /** Steps of which the exchange is kept. */
  private static final int EXCHANGED_STEPS = 2;

  /** Warps share the sum over k backward. */
  private int warpUnits() {
    return planes == 1 ? LINES * tiles / GATES : LINES * tiles;
  }

  private int rows() {
    return LINES / tiles;
  }

  @Override
  public int units(int atLeast) {
    return (int) RecurrentBlock.upTo(atLeast, warpUnits());
  }

  @Override
  public int threads(int rows, int units) {
    int threads = units * rows() / 2; // each has two cells
    return rows <= rows() && threads <= Kernel.THREADS ? threads : 0;
  }

  @Override
  public long sharedBytes(int hidden, int rows, int units) {
    long sums = planes == 1 ? 0 : GATES * (units + 4) * Float.BYTES;
    return rows() * (stages * planes * LINE_BYTES + sums) + rest(hidden, units);
  }

  @Override
  public long exchangedBytes(int hidden) {
    return (long) EXCHANGED_STEPS * planes * lineBytes(hidden);
  }

  /**
   * Products, shared memory and second-level cache are busy at the same time; the slowest of them
   * counts.
   */
  @Override
  public long cycles(int hidden, int rows, int units) {
    long line = lineBytes(hidden);
    long products = line / PRODUCT_BYTES * PRODUCT_CYCLES;
    int warps = threads(rows, units) / 32;
    long shared = (rows() * line * (warps + planes) + rest(hidden, units)) / SHARED_BYTES_A_CYCLE;
    long read = planes * rows * line / BYTES_A_CYCLE;
    return Math.max(products, Math.max(shared, read));
  }

  /** On 8.0. */
  @Override
  public int productsACycle() {
    return 2048 / elementBytes;
  }

  private long lineBytes(int hidden) {
    return RecurrentBlock.upTo(hidden * elementBytes, PIECE_BYTES);
  }

  /** The weights that are not in registers. */
  private long rest(int hidden, int units) {
    long pieces = Math.max(0, lineBytes(hidden) / PIECE_BYTES - kept);
    return pieces * PIECE_BYTES * GATES * units;
  }
}
