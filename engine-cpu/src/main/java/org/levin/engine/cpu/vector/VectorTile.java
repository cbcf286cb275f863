package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of the matrix product: up to six rows by two vectors, twelve chains of multiply-adds at
 * once.
 *
 * <p>Within a block without branches C2 loads all broadcasts before the first multiply-add. With
 * twelve accumulators and two vectors of B that is more than 16 registers hold, and an accumulator
 * is spilled inside the loop, at half the speed. So a branch that is never taken follows every two
 * rows: loads are not moved over it, and two broadcasts are live at a time.
 */
final class VectorTile {
  /** Columns of a tile, and of a strip. */
  static final int WIDTH = 2 * LANES;

  /** No step has this number. Not final: what the compiler knows, it removes. */
  private static int unreachable = -1;

  private VectorTile() {}

  /**
   * {@code C += A·B} for a tile of six rows.
   *
   * @param a panel of rows, {@code [depth,6]}
   * @param b strip of columns, {@code [depth,WIDTH]}
   * @param c lines of a strip, {@code [6,WIDTH]}; modified
   */
  static void six(
      float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int depth) {
    int never = unreachable;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cOffset + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, cOffset + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cOffset + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, cOffset + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cOffset + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, cOffset + 7 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, cOffset + 8 * LANES);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, cOffset + 9 * LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, cOffset + 10 * LANES);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, cOffset + 11 * LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH + LANES);
      int column = aOffset + k * 6;
      FloatVector x = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      if (k == never) {
        break;
      }
      x = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      if (k == never - 1) {
        break;
      }
      x = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      if (k == never - 2) {
        break;
      }
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + 2 * LANES);
    c11.intoArray(c, cOffset + 3 * LANES);
    c20.intoArray(c, cOffset + 4 * LANES);
    c21.intoArray(c, cOffset + 5 * LANES);
    c30.intoArray(c, cOffset + 6 * LANES);
    c31.intoArray(c, cOffset + 7 * LANES);
    c40.intoArray(c, cOffset + 8 * LANES);
    c41.intoArray(c, cOffset + 9 * LANES);
    c50.intoArray(c, cOffset + 10 * LANES);
    c51.intoArray(c, cOffset + 11 * LANES);
  }

  /** {@code C += A·B} for a tile of five rows; see {@link #six}. */
  static void five(
      float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int depth) {
    int never = unreachable;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cOffset + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, cOffset + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cOffset + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, cOffset + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cOffset + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, cOffset + 7 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, cOffset + 8 * LANES);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, cOffset + 9 * LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH + LANES);
      int column = aOffset + k * 5;
      FloatVector x = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      if (k == never) {
        break;
      }
      x = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      if (k == never - 1) {
        break;
      }
      x = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + 2 * LANES);
    c11.intoArray(c, cOffset + 3 * LANES);
    c20.intoArray(c, cOffset + 4 * LANES);
    c21.intoArray(c, cOffset + 5 * LANES);
    c30.intoArray(c, cOffset + 6 * LANES);
    c31.intoArray(c, cOffset + 7 * LANES);
    c40.intoArray(c, cOffset + 8 * LANES);
    c41.intoArray(c, cOffset + 9 * LANES);
  }

  /** {@code C += A·B} for a tile of four rows; see {@link #six}. */
  static void four(
      float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int depth) {
    int never = unreachable;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cOffset + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, cOffset + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cOffset + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, cOffset + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cOffset + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, cOffset + 7 * LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * WIDTH + LANES);
      int column = aOffset + k * 4;
      FloatVector x = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      if (k == never) {
        break;
      }
      x = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c10.intoArray(c, cOffset + 2 * LANES);
    c11.intoArray(c, cOffset + 3 * LANES);
    c20.intoArray(c, cOffset + 4 * LANES);
    c21.intoArray(c, cOffset + 5 * LANES);
    c30.intoArray(c, cOffset + 6 * LANES);
    c31.intoArray(c, cOffset + 7 * LANES);
  }
}
