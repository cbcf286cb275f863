package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * The product as sums of scaled rows: four rows of C at once, each plus four rows of B. The inner
 * loops have the shape that the compiler turns into vectors: every array indexed alike, no two of
 * them the same. So sums are gathered in arrays of their own.
 */
final class RowProduct implements MatrixProduct {
  /** Rows of B that are used for all rows of A before the next: they stay in the second cache. */
  private static final int DEPTH_BLOCK = 256;

  private final float[][] sums = new float[PANEL_ROWS][RowMatrix.MOST_COLUMNS];

  @Override
  public void add(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cStride) {
    add(
        a,
        aOffset,
        PANEL_ROWS * aStride,
        aStride,
        1,
        rows,
        b.depth(),
        (RowMatrix) b,
        0,
        c,
        cOffset,
        cStride);
  }

  @Override
  public void addPacked(
      float[] a,
      int rows,
      int aDepth,
      PackedMatrix b,
      int bFirst,
      float[] c,
      int cOffset,
      int cStride) {
    add(
        a,
        0,
        PANEL_ROWS * aDepth,
        1,
        PANEL_ROWS,
        rows,
        aDepth,
        (RowMatrix) b,
        bFirst,
        c,
        cOffset,
        cStride);
  }

  /**
   * Both products: panels of four rows of A lie {@code panelStep} apart, the rows of one {@code
   * rowStep}, its columns {@code step}.
   */
  private void add(
      float[] a,
      int aOffset,
      int panelStep,
      int rowStep,
      int step,
      int rows,
      int depth,
      RowMatrix b,
      int bFirst,
      float[] c,
      int cOffset,
      int cStride) {
    for (int from = 0; from < depth; from += DEPTH_BLOCK) {
      int to = Math.min(depth, from + DEPTH_BLOCK);
      for (int first = 0; first < b.columns(); first += b.width()) {
        float[][] panel = b.panel(first / b.width());
        int width = Math.min(b.width(), b.columns() - first);
        for (int row = 0; row < rows; row += PANEL_ROWS) {
          int count = Math.min(PANEL_ROWS, rows - row);
          int target = cOffset + row * cStride + first;
          for (int r = 0; r < count; r++) {
            System.arraycopy(c, target + r * cStride, sums[r], 0, width);
          }
          int at = aOffset + row / PANEL_ROWS * panelStep + from * step;
          int length = to - from;
          int line = bFirst + from;
          if (count == PANEL_ROWS) {
            fourRows(a, at, rowStep, step, length, panel, line, width);
          } else {
            for (int r = 0; r < count; r++) {
              oneRow(a, at + r * rowStep, step, length, panel, line, sums[r], width);
            }
          }
          for (int r = 0; r < count; r++) {
            System.arraycopy(sums[r], 0, c, target + r * cStride, width);
          }
        }
      }
    }
  }

  private void fourRows(
      float[] a, int at, int rowStep, int step, int depth, float[][] b, int line, int width) {
    int whole = depth - depth % 4;
    for (int k = 0; k < whole; k += 4) {
      int row0 = at + k * step;
      int row1 = row0 + rowStep;
      int row2 = row1 + rowStep;
      int row3 = row2 + rowStep;
      fourByFour(
          a[row0],
          a[row0 + step],
          a[row0 + 2 * step],
          a[row0 + 3 * step],
          a[row1],
          a[row1 + step],
          a[row1 + 2 * step],
          a[row1 + 3 * step],
          a[row2],
          a[row2 + step],
          a[row2 + 2 * step],
          a[row2 + 3 * step],
          a[row3],
          a[row3 + step],
          a[row3 + 2 * step],
          a[row3 + 3 * step],
          b[line + k],
          b[line + k + 1],
          b[line + k + 2],
          b[line + k + 3],
          sums[0],
          sums[1],
          sums[2],
          sums[3],
          width);
    }
    for (int r = 0; r < PANEL_ROWS; r++) {
      int rest = at + r * rowStep + whole * step;
      oneRow(a, rest, step, depth - whole, b, line + whole, sums[r], width);
    }
  }

  private static void oneRow(
      float[] a, int at, int step, int depth, float[][] b, int line, float[] sum, int width) {
    int whole = depth - depth % 4;
    for (int k = 0; k < whole; k += 4) {
      int p = at + k * step;
      oneByFour(
          a[p],
          a[p + step],
          a[p + 2 * step],
          a[p + 3 * step],
          b[line + k],
          b[line + k + 1],
          b[line + k + 2],
          b[line + k + 3],
          sum,
          width);
    }
    for (int k = whole; k < depth; k++) {
      oneByOne(a[at + k * step], b[line + k], sum, width);
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
