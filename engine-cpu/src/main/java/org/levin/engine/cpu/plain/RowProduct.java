package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The product as sums of scaled rows: four rows of C at once, each plus four rows of B. The inner
 * loops have the shape that the compiler turns into vectors: every array indexed alike, no two of
 * them the same. So sums are gathered in arrays of their own.
 */
final class RowProduct implements MatrixProduct {
  /** Rows of B that are used for all rows of A before the next: they stay in the second cache. */
  private static final int DEPTH_BLOCK = 256;

  /** Rows of C that are computed together. */
  private static final int ROWS = 4;

  private final float[][] sums = new float[ROWS][RowMatrix.MOST_COLUMNS];
  private float[][] lines = new float[0][];

  @Override
  public void add(
      PackedRows a,
      PackedMatrix b,
      int strip,
      int step,
      int strips,
      float[] c,
      int cOffset,
      int cStride) {
    RowMatrix matrix = (RowMatrix) b;
    for (int s = 0; s < strips; s++) {
      add(a, matrix.lines(strip + s * step), matrix.width(), c, cOffset + s * cStride);
    }
  }

  @Override
  public void add(
      PackedRows a,
      float[] b,
      int bOffset,
      int bStride,
      int width,
      int strips,
      float[] c,
      int cOffset,
      int cStride) {
    if (lines.length < a.depth()) {
      lines = new float[a.depth()][RowMatrix.MOST_COLUMNS];
    }
    for (int s = 0; s < strips; s++) {
      for (int k = 0; k < a.depth(); k++) {
        System.arraycopy(b, bOffset + s * bStride + k * width, lines[k], 0, width);
      }
      add(a, lines, width, c, cOffset + s * cStride);
    }
  }

  /** One strip: {@code b [depth][width]}. */
  private void add(PackedRows a, float[][] b, int width, float[] c, int cOffset) {
    for (int from = 0; from < a.depth(); from += DEPTH_BLOCK) {
      int to = Math.min(a.depth(), from + DEPTH_BLOCK);
      for (int row = 0; row < a.rows(); row += ROWS) {
        int count = Math.min(ROWS, a.rows() - row);
        int target = cOffset + row * width;
        for (int r = 0; r < count; r++) {
          System.arraycopy(c, target + r * width, sums[r], 0, width);
        }
        if (count == ROWS) {
          fourRows(a, row, from, to, b, width);
        } else {
          for (int r = 0; r < count; r++) {
            oneRow(a, row + r, from, to, b, sums[r], width);
          }
        }
        for (int r = 0; r < count; r++) {
          System.arraycopy(sums[r], 0, c, target + r * width, width);
        }
      }
    }
  }

  private void fourRows(PackedRows a, int row, int from, int to, float[][] b, int width) {
    float[] x = a.values();
    int step0 = a.step(row);
    int step1 = a.step(row + 1);
    int step2 = a.step(row + 2);
    int step3 = a.step(row + 3);
    int first0 = a.offset(row);
    int first1 = a.offset(row + 1);
    int first2 = a.offset(row + 2);
    int first3 = a.offset(row + 3);
    int whole = to - (to - from) % 4;
    for (int k = from; k < whole; k += 4) {
      int at0 = first0 + k * step0;
      int at1 = first1 + k * step1;
      int at2 = first2 + k * step2;
      int at3 = first3 + k * step3;
      fourByFour(
          x[at0],
          x[at0 + step0],
          x[at0 + 2 * step0],
          x[at0 + 3 * step0],
          x[at1],
          x[at1 + step1],
          x[at1 + 2 * step1],
          x[at1 + 3 * step1],
          x[at2],
          x[at2 + step2],
          x[at2 + 2 * step2],
          x[at2 + 3 * step2],
          x[at3],
          x[at3 + step3],
          x[at3 + 2 * step3],
          x[at3 + 3 * step3],
          b[k],
          b[k + 1],
          b[k + 2],
          b[k + 3],
          sums[0],
          sums[1],
          sums[2],
          sums[3],
          width);
    }
    for (int r = 0; r < ROWS; r++) {
      oneRow(a, row + r, whole, to, b, sums[r], width);
    }
  }

  private static void oneRow(
      PackedRows a, int row, int from, int to, float[][] b, float[] sum, int width) {
    float[] x = a.values();
    int step = a.step(row);
    int first = a.offset(row);
    int whole = to - (to - from) % 4;
    for (int k = from; k < whole; k += 4) {
      int at = first + k * step;
      oneByFour(
          x[at],
          x[at + step],
          x[at + 2 * step],
          x[at + 3 * step],
          b[k],
          b[k + 1],
          b[k + 2],
          b[k + 3],
          sum,
          width);
    }
    for (int k = whole; k < to; k++) {
      oneByOne(x[first + k * step], b[k], sum, width);
    }
  }

  private static void fourByFour(
      float a00,
      float a01,
      float a02,
      float a03,
      float a10,
      float a11,
      float a12,
      float a13,
      float a20,
      float a21,
      float a22,
      float a23,
      float a30,
      float a31,
      float a32,
      float a33,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] c0,
      float[] c1,
      float[] c2,
      float[] c3,
      int width) {
    for (int j = 0; j < width; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      c0[j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c0[j]))));
      c1[j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c1[j]))));
      c2[j] = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, c2[j]))));
      c3[j] = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, c3[j]))));
    }
  }

  private static void oneByFour(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] c,
      int width) {
    for (int j = 0; j < width; j++) {
      c[j] =
          Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
    }
  }

  private static void oneByOne(float a, float[] b, float[] c, int width) {
    for (int j = 0; j < width; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }
}
