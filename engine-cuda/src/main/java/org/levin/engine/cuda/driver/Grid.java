package org.levin.engine.cuda.driver;

/**
 * How many threads run a kernel.
 *
 * @param blocksX blocks in the first dimension
 * @param blocksY and in the second, at most 65535
 * @param threads in a block
 */
public record Grid(int blocksX, int blocksY, int threads) {
  private static final int MAX_BLOCKS_Y = 65_535;

  /** Kernels number their threads in 32 bits. */
  private static final long MAX_THREADS = 1L << 32;

  /** Checks what the device would refuse. */
  public Grid {
    if (blocksX < 1 || blocksY < 1 || blocksY > MAX_BLOCKS_Y || threads < 1) {
      throw new IllegalArgumentException(
          "a grid of %d x %d blocks of %d threads".formatted(blocksX, blocksY, threads));
    }
  }

  /**
   * Returns the grid with a thread for each of {@code count} elements.
   *
   * @throws IllegalArgumentException if there are more than kernels can number
   */
  public static Grid of(long count, int threads) {
    if (count > MAX_THREADS) {
      throw new IllegalArgumentException(
          "%d elements, but kernels count to %d; take a smaller batch or shorter sequences"
              .formatted(count, MAX_THREADS));
    }
    return new Grid(Math.toIntExact(Math.ceilDiv(count, (long) threads)), 1, threads);
  }
}
