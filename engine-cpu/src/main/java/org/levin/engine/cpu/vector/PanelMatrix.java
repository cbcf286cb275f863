package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorTile.WIDTH;

import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * A matrix in panels of {@link VectorTile#WIDTH} columns: a tile reads one in one line. Columns are
 * filled up with zeros to whole groups of {@link VectorTile#ROW_PANELS} panels.
 */
final class PanelMatrix implements PackedMatrix {
  private final int depth;
  private final int columns;
  private final float[] panels;

  /** Makes a matrix of zeros. */
  PanelMatrix(int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
    int padded = Math.ceilDiv(columns, VectorTile.ROW_WIDTH) * VectorTile.ROW_WIDTH;
    this.panels = new float[Math.multiplyExact(padded, depth)];
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Returns how many panels hold columns. */
  int panelCount() {
    return Math.ceilDiv(columns, WIDTH);
  }

  float[] values() {
    return panels;
  }

  int panelOffset(int panel) {
    return panel * depth * WIDTH;
  }

  @Override
  public void packRows(float[] source, int offset, int stride, int from, int to) {
    for (int k = from; k < to; k++) {
      for (int first = 0; first < columns; first += WIDTH) {
        int count = Math.min(WIDTH, columns - first);
        System.arraycopy(
            source, offset + k * stride + first, panels, first * depth + k * WIDTH, count);
      }
    }
  }

  @Override
  public void packColumns(float[] source, int offset, int from, int to) {
    // Square by square, so that neither the rows read nor the lines written leave the cache half
    // used.
    for (int first = from; first < to; first += WIDTH) {
      int last = Math.min(to, first + WIDTH);
      for (int square = 0; square < depth; square += WIDTH) {
        int end = Math.min(depth, square + WIDTH);
        for (int j = first; j < last; j++) {
          int row = offset + j * depth;
          int target = panelOffset(j / WIDTH) + j % WIDTH;
          for (int k = square; k < end; k++) {
            panels[target + k * WIDTH] = source[row + k];
          }
        }
      }
    }
  }
}
