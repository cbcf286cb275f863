package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.levin.engine.cpu.kernel.MatrixProduct;

/**
 * The tiles of the matrix product.
 *
 * <p>Four rows by two vectors is what C2 keeps in 16 registers: 8 accumulators, 2 vectors of B and
 * 4 broadcasts (it hoists all broadcasts of a step above the multiply-adds). One register more, and
 * an accumulator is spilled inside the loop at half the speed.
 */
final class VectorTile {
  /** Columns of a tile, and of a packed panel. */
  static final int WIDTH = 2 * LANES;

  /**
   * Panels that {@link #row} takes at once: enough independent chains to hide the latency of a
   * multiply-add.
   */
  static final int ROW_PANELS = 4;

  /** Columns that {@link #row} takes at once. */
  static final int ROW_WIDTH = ROW_PANELS * WIDTH;

  private VectorTile() {}

  /**
   * {@code C += A·B} for one tile.
   *
   * @param a panel of rows, {@code [depth,4]}
   * @param b panel of columns, {@code [depth,WIDTH]}
   * @param c tile {@code [4,WIDTH]} with rows {@code cStride} apart; modified
   */
  static void tile(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      int depth) {
    int row1 = cOffset + cStride;
    int row2 = row1 + cStride;
    int row3 = row2 + cStride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, row1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, row1 + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, row2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, row2 + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, row3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, row3 + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH + LANES);
      int column = aOffset + k * MatrixProduct.PANEL_ROWS;
      FloatVector x = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, row1);
    c11.intoArray(c, row1 + LANES);
    c20.intoArray(c, row2);
    c21.intoArray(c, row2 + LANES);
    c30.intoArray(c, row3);
    c31.intoArray(c, row3 + LANES);
  }

  /**
   * {@code c += a·B} for one row.
   *
   * @param a row {@code [depth]}
   * @param b {@link #ROW_PANELS} panels of columns, each {@code [depth,WIDTH]}, {@code bStride}
   *     apart
   * @param c {@code [ROW_WIDTH]}; modified
   */
  static void row(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int depth) {
    int b1 = bOffset + bStride;
    int b2 = b1 + bStride;
    int b3 = b2 + bStride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, cOffset + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, cOffset + 3 * LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, cOffset + 4 * LANES);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, cOffset + 5 * LANES);
    FloatVector c6 = FloatVector.fromArray(SPECIES, c, cOffset + 6 * LANES);
    FloatVector c7 = FloatVector.fromArray(SPECIES, c, cOffset + 7 * LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      int line = k * WIDTH;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + line), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + line + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + line), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + line + LANES), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + line), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + line + LANES), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + line), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + line + LANES), c7);
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + LANES);
    c2.intoArray(c, cOffset + 2 * LANES);
    c3.intoArray(c, cOffset + 3 * LANES);
    c4.intoArray(c, cOffset + 4 * LANES);
    c5.intoArray(c, cOffset + 5 * LANES);
    c6.intoArray(c, cOffset + 6 * LANES);
    c7.intoArray(c, cOffset + 7 * LANES);
  }
}
