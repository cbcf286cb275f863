package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * A matrix whose rows are arrays of their own, cut into panels of columns. The compiler makes
 * vectors of a loop over several arrays only where all are indexed alike, so rows cannot share an
 * array.
 */
final class RowMatrix implements PackedMatrix {
  /** Four rows of this width, and four of sums, fit into the first cache together. */
  static final int MOST_COLUMNS = 512;

  /** Side of the squares in which a matrix is transposed: whole lines of the cache, both ways. */
  private static final int SQUARE = 16;

  private final int depth;
  private final int columns;
  private final int width;

  /** {@code [panels][depth][width]}; the last panel may be narrower. */
  private final float[][][] panels;

  /** Makes a matrix of zeros. */
  RowMatrix(int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
    int count = Math.ceilDiv(columns, MOST_COLUMNS);
    this.width = Math.ceilDiv(columns, count);
    this.panels = new float[count][depth][];
    for (int panel = 0; panel < count; panel++) {
      for (int k = 0; k < depth; k++) {
        panels[panel][k] = new float[Math.min(width, columns - panel * width)];
      }
    }
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Returns the columns of a panel, of which the last may have fewer. */
  int width() {
    return width;
  }

  /** Returns the rows of a panel, {@code [depth][width]}. */
  float[][] panel(int panel) {
    return panels[panel];
  }

  @Override
  public void packRows(float[] source, int offset, int stride, int from, int to) {
    for (int panel = 0; panel < panels.length; panel++) {
      for (int k = from; k < to; k++) {
        float[] row = panels[panel][k];
        System.arraycopy(source, offset + k * stride + panel * width, row, 0, row.length);
      }
    }
  }

  @Override
  public void packColumns(float[] source, int offset, int from, int to) {
    for (int square = 0; square < depth; square += SQUARE) {
      int end = Math.min(depth, square + SQUARE);
      for (int j = from; j < to; j++) {
        float[][] panel = panels[j / width];
        for (int k = square; k < end; k++) {
          panel[k][j % width] = source[offset + j * depth + k];
        }
      }
    }
  }
}
