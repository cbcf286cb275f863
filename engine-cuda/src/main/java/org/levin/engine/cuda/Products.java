package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;

/**
 * Adds matrix products to a list, in its precision; addresses are those of row-major matrices
 * without gaps.
 */
final class Products {
  /** Rows and columns of the result that a block computes without tensor cores. */
  private static final int STRICT_TILE = 64;

  private Products() {}

  /** {@code c [m,n] += a [m,depth] · b [n,depth]ᵀ}. */
  static void addRightTransposed(LaunchList list, long c, long a, long b, int m, int n, int depth) {
    Factors factors = new Factors(ProductForm.RIGHT_TRANSPOSED, a, b, m, n, depth);
    factors.add(list, c, ProductTile.of(m, n), DepthSlices.whole(depth), true);
  }

  /** {@code c [m,n] = a [m,depth] · b [depth,n]}. */
  static void set(LaunchList list, long c, long a, long b, int m, int n, int depth) {
    Factors factors = new Factors(ProductForm.PLAIN, a, b, m, n, depth);
    factors.add(list, c, ProductTile.of(m, n), DepthSlices.whole(depth), false);
  }

  /**
   * {@code c [m,n] = a [depth,m]ᵀ · b [depth,n]}, for a great depth.
   *
   * @param partials room for as many floats as {@link #partials} says; overwritten
   */
  static void setLeftTransposed(
      LaunchList list, long c, long a, long b, int m, int n, int depth, long partials) {
    Factors factors = new Factors(ProductForm.LEFT_TRANSPOSED, a, b, m, n, depth);
    DepthSlices slices = DepthSlices.of(list.precision(), m, n, depth);
    ProductTile tile = ProductTile.sliced(m, n);
    if (slices.count() == 1) {
      factors.add(list, c, tile, slices, false);
      return;
    }
    factors.add(list, partials, tile, slices, false);
    int size = Math.multiplyExact(m, n);
    list.each(Kernel.ADD_SLICES, size, c, partials, size, slices.count(), 0);
  }

  /** Returns how many floats {@link #setLeftTransposed} needs beside its result. */
  static long partials(LaunchList list, int m, int n, int depth) {
    return DepthSlices.of(list.precision(), m, n, depth).partials(m, n);
  }

  /** What is multiplied. */
  private record Factors(ProductForm form, long a, long b, int m, int n, int depth) {

    /** Adds the launch for {@code c}, or for the results {@code c [slices,m,n]}. */
    void add(LaunchList list, long c, ProductTile tile, DepthSlices slices, boolean accumulate) {
      int flag = accumulate ? 1 : 0;
      Kernel kernel = form.kernel(list.precision(), tile);
      if (list.precision() == Precision.FP32) {
        int rows = Math.ceilDiv(m, STRICT_TILE);
        Grid grid = new Grid(rows, Math.ceilDiv(n, STRICT_TILE), Kernel.THREADS);
        list.add(kernel, grid, c, a, b, m, n, depth, flag);
      } else {
        Grid grid = new Grid(tile.blocks(m, n), slices.count(), Kernel.THREADS);
        list.add(kernel, grid, c, a, b, m, n, depth, slices.depth(), flag);
      }
    }
  }
}
