package org.levin.engine.cuda.product;

/**
 * Which part of a matrix product a block of threads computes, on tensor cores: both give the same
 * bits, large ones at less traffic, small ones with more blocks.
 */
enum ProductTile {
  /** 128 by 128. */
  LARGE(128, 128),
  /** 32 by 64. */
  SMALL(32, 64);

  /**
   * Fewer blocks than this leave too many multiprocessors idle: half of those of the largest GPU.
   * The number in the GPU at hand does not count, so that all of one kind do the same.
   */
  static final int ENOUGH_BLOCKS = 64;

  /** Threads of a block: four warps. */
  static final int THREADS = 128;

  private final int rows;
  private final int columns;

  ProductTile(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns the tile for a result {@code [m,n]} whose depth is not sliced. */
  static ProductTile of(int m, int n) {
    return LARGE.blocks(m, n) >= ENOUGH_BLOCKS ? LARGE : SMALL;
  }

  /** Returns the tile for a result {@code [m,n]} whose depth may be sliced. */
  static ProductTile sliced(int m, int n) {
    return m > SMALL.rows && n > SMALL.columns ? LARGE : SMALL;
  }

  /** Returns how many tiles cover {@code [m,n]}. */
  int blocks(int m, int n) {
    return Math.multiplyExact(Math.ceilDiv(m, rows), Math.ceilDiv(n, columns));
  }
}
