package org.levin.engine.cuda.product;

import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;

/**
 * Adds matrix products to a list, in its precision. Results are row-major matrices of floats
 * without gaps; factors are as {@link Factor} says.
 */
public final class Products {
  /** Rows and columns of the result that a block computes without tensor cores. */
  private static final int STRICT_TILE = 64;

  private Products() {}

  /** {@code c [m,n] += a [m,depth] · b [n,depth]ᵀ}. */
  public static void addRightTransposed(
      LaunchList list, long c, Factor a, Factor b, int m, int n, int depth) {
    Factors factors = new Factors(ProductForm.RIGHT_TRANSPOSED, a, b, m, n, depth);
    factors.add(list, c, new Addend(c, n), ProductTile.of(m, n), DepthSlices.whole(depth));
  }

  /** {@code c [m,n] = a [m,depth] · b [n,depth]ᵀ}, and {@code row [n]} added to every row. */
  public static void setRightTransposed(
      LaunchList list, long c, long row, Factor a, Factor b, int m, int n, int depth) {
    Factors factors = new Factors(ProductForm.RIGHT_TRANSPOSED, a, b, m, n, depth);
    factors.add(list, c, new Addend(row, 0), ProductTile.of(m, n), DepthSlices.whole(depth));
  }

  /** {@code c [m,n] = a [m,depth] · b [depth,n]}. */
  public static void set(LaunchList list, long c, Factor a, Factor b, int m, int n, int depth) {
    Factors factors = new Factors(ProductForm.PLAIN, a, b, m, n, depth);
    factors.add(list, c, Addend.NONE, ProductTile.of(m, n), DepthSlices.whole(depth));
  }

  /**
   * {@code c [m,n] = a [depth,m]ᵀ · b [depth,n]}, for a great depth.
   *
   * @param partials room for as many floats as {@link #partials} says; overwritten
   */
  public static void setLeftTransposed(
      LaunchList list, long c, Factor a, Factor b, int m, int n, int depth, long partials) {
    Factors factors = new Factors(ProductForm.LEFT_TRANSPOSED, a, b, m, n, depth);
    DepthSlices slices = DepthSlices.of(list.precision(), m, n, depth);
    ProductTile tile = ProductTile.sliced(m, n);
    if (slices.count() == 1) {
      factors.add(list, c, Addend.NONE, tile, slices);
      return;
    }
    factors.add(list, partials, Addend.NONE, tile, slices);
    int size = Math.multiplyExact(m, n);
    list.each(Kernel.ADD_SLICES, size, c, partials, size, slices.count());
  }

  /** Returns how many floats {@link #setLeftTransposed} needs beside its result. */
  public static long partials(Precision precision, int m, int n, int depth) {
    return DepthSlices.of(precision, m, n, depth).partials(m, n);
  }

  /**
   * What is added to a product.
   *
   * @param address of the matrix, or 0 for none
   * @param line floats from one row to the next; 0 if there is one row, for all
   */
  private record Addend(long address, int line) {
    static final Addend NONE = new Addend(0, 0);
  }

  /** What is multiplied. */
  private record Factors(ProductForm form, Factor a, Factor b, int m, int n, int depth) {

    /** Adds the launch for {@code c}, or for the results {@code c [slices,m,n]}. */
    void add(LaunchList list, long c, Addend addend, ProductTile tile, DepthSlices slices) {
      Kernel kernel = form.kernel(list.precision(), tile);
      long left = a.address();
      long right = b.address();
      if (list.precision() == Precision.FP32) {
        int rows = Math.ceilDiv(m, STRICT_TILE);
        Grid grid = new Grid(rows, Math.ceilDiv(n, STRICT_TILE), Kernel.THREADS);
        list.add(kernel, grid, c, addend.address, left, right, m, n, depth, addend.line);
      } else {
        Grid grid = new Grid(tile.blocks(m, n), slices.count(), ProductTile.THREADS);
        list.add(
            kernel,
            grid,
            c,
            addend.address,
            left,
            right,
            m,
            n,
            depth,
            slices.depth(),
            a.line(),
            b.line(),
            addend.line);
      }
    }
  }
}
