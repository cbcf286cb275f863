package org.levin.engine.cpu.kernel;

/**
 * The right side of a product, {@code [depth,columns]}, in panels of {@code W} columns: a tile
 * reads it in one line. Columns are filled up with zeros to whole groups of {@link
 * Kernels#ROW_PANELS} panels.
 */
public final class PackedMatrix {
  private final int width;
  private final int depth;
  private final int columns;
  private final float[] panels;

  /** Makes a matrix of zeros for panels of {@code width} columns. */
  public PackedMatrix(int width, int depth, int columns) {
    this.width = width;
    this.depth = depth;
    this.columns = columns;
    int group = width * Kernels.ROW_PANELS;
    int padded = Math.ceilDiv(columns, group) * group;
    this.panels = new float[Math.multiplyExact(padded, depth)];
  }

  /** Returns the number of rows, {@code K}. */
  public int depth() {
    return depth;
  }

  /** Returns the number of columns, {@code N}. */
  public int columns() {
    return columns;
  }

  /** Returns how many panels hold columns. */
  public int panelCount() {
    return Math.ceilDiv(columns, width);
  }

  float[] values() {
    return panels;
  }

  int panelOffset(int panel) {
    return panel * depth * width;
  }

  /**
   * Fills the rows {@code [from,to)} from {@code source [depth,columns]}, whose rows are {@code
   * stride} apart.
   */
  public void packRows(float[] source, int offset, int stride, int from, int to) {
    for (int k = from; k < to; k++) {
      for (int first = 0; first < columns; first += width) {
        int count = Math.min(width, columns - first);
        System.arraycopy(
            source, offset + k * stride + first, panels, first * depth + k * width, count);
      }
    }
  }

  /** Fills one panel from the transposed {@code source [columns,depth]}. */
  public void packPanelTransposed(int panel, float[] source, int offset) {
    int first = panel * width;
    int count = Math.min(width, columns - first);
    int target = panelOffset(panel);
    // Square by square, so that neither the rows read nor the lines written leave the cache half
    // used.
    for (int block = 0; block < depth; block += width) {
      int end = Math.min(depth, block + width);
      for (int j = 0; j < count; j++) {
        int row = offset + (first + j) * depth;
        for (int k = block; k < end; k++) {
          panels[target + k * width + j] = source[row + k];
        }
      }
    }
  }
}
