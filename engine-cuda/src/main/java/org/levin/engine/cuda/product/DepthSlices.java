package org.levin.engine.cuda.product;

import org.levin.engine.cuda.kernel.Precision;

/**
 * How the depth of a product is cut into slices that are multiplied at the same time, each with a
 * result of its own; those are then added in their order. It depends on sizes only, so that results
 * repeat on every GPU of a kind.
 *
 * @param count how many
 * @param depth of each but the last, which may be shorter
 */
record DepthSlices(int count, int depth) {
  /** As many blocks as the largest GPU runs at once, two a multiprocessor. */
  private static final int WANTED_BLOCKS = 256;

  /** A slice that is shorter spends more on its result than on multiplying. */
  private static final int LEAST_DEPTH = 512;

  /** What the kernels take at once, of which a slice is a multiple. */
  private static final int STAGE = 32;

  /** Returns the slices for a product that is sliced where that helps. */
  static DepthSlices of(Precision precision, int m, int n, int depth) {
    if (precision == Precision.FP32) {
      return whole(depth);
    }
    int blocks = ProductTile.sliced(m, n).blocks(m, n);
    int wanted = Math.min(Math.ceilDiv(WANTED_BLOCKS, blocks), depth / LEAST_DEPTH);
    if (wanted <= 1) {
      return whole(depth);
    }
    int length = Math.ceilDiv(Math.ceilDiv(depth, wanted), STAGE) * STAGE;
    return new DepthSlices(Math.ceilDiv(depth, length), length);
  }

  /** Returns the whole depth as one slice. */
  static DepthSlices whole(int depth) {
    return new DepthSlices(1, depth);
  }

  /** Returns how many floats the slices' own results {@code [m,n]} take. */
  long partials(int m, int n) {
    return count == 1 ? 0 : (long) count * m * n;
  }
}
