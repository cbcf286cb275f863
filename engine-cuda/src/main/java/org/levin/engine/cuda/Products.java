package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** Adds matrix products to a list; addresses are those of row-major matrices without gaps. */
final class Products {
  /** Rows and columns of the result that a block computes. */
  private static final int TILE = 64;

  private Products() {}

  /** {@code c [m,n] += a [m,depth] · b [n,depth]ᵀ}. */
  static void addRightTransposed(LaunchList list, long c, long a, long b, int m, int n, int depth) {
    add(list, Kernel.PRODUCT_RIGHT_TRANSPOSED, c, a, b, m, n, depth, true);
  }

  /** {@code c [m,n] = a [m,depth] · b [depth,n]}. */
  static void set(LaunchList list, long c, long a, long b, int m, int n, int depth) {
    add(list, Kernel.PRODUCT, c, a, b, m, n, depth, false);
  }

  /** {@code c [m,n] = a [depth,m]ᵀ · b [depth,n]}. */
  static void setLeftTransposed(LaunchList list, long c, long a, long b, int m, int n, int depth) {
    add(list, Kernel.PRODUCT_LEFT_TRANSPOSED, c, a, b, m, n, depth, false);
  }

  private static void add(
      LaunchList list,
      Kernel kernel,
      long c,
      long a,
      long b,
      int m,
      int n,
      int depth,
      boolean accumulate) {
    Grid grid = new Grid(Math.ceilDiv(m, TILE), Math.ceilDiv(n, TILE), Kernel.THREADS);
    list.add(kernel, grid, c, a, b, m, n, depth, accumulate ? 1 : 0);
  }
}
