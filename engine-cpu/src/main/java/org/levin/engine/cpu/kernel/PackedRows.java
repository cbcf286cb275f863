package org.levin.engine.cpu.kernel;

/**
 * The left side of a product, {@code [rows,depth]}, in panels of a few rows each, in the order in
 * which kernels broadcast it: the values of a panel's rows for one {@code k} lie side by side.
 *
 * <p>Panels have up to {@link #PANEL_ROWS} rows and differ by one row at most, so that none is much
 * shorter than the others.
 */
public final class PackedRows {
  /** Rows of a panel, where there are enough. */
  public static final int PANEL_ROWS = 6;

  private float[] values = new float[0];
  private int rows;
  private int depth;
  private int panels;

  /** Rows of the shorter panels, which come after the {@code longer} others. */
  private int shortRows;

  private int longer;

  /** Makes room for a matrix of zeros. */
  public PackedRows(int rows, int depth) {
    shape(rows, depth);
  }

  /** Changes the shape; what was packed is lost. */
  public void shape(int newRows, int newDepth) {
    rows = newRows;
    depth = newDepth;
    panels = Math.ceilDiv(rows, PANEL_ROWS);
    shortRows = rows / panels;
    longer = rows % panels;
    int size = Math.multiplyExact(rows, depth);
    if (values.length < size) {
      values = new float[size];
    }
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns, {@code K}. */
  public int depth() {
    return depth;
  }

  /** Returns the number of panels. */
  public int panels() {
    return panels;
  }

  /** Returns the rows of a panel. */
  public int panelRows(int panel) {
    return panel < longer ? shortRows + 1 : shortRows;
  }

  /** Returns the first row of a panel. */
  public int panelStart(int panel) {
    return panel * shortRows + Math.min(panel, longer);
  }

  /** Returns where the values of a panel for one {@code k} lie. */
  public int panelOffset(int panel, int k) {
    return panelStart(panel) * depth + k * panelRows(panel);
  }

  /** Returns where the first value of a row lies. */
  public int offset(int row) {
    int panel = panel(row);
    return panelOffset(panel, 0) + row - panelStart(panel);
  }

  /** Returns how far a row's values lie apart. */
  public int step(int row) {
    return panelRows(panel(row));
  }

  private int panel(int row) {
    int tall = longer * (shortRows + 1);
    return row < tall ? row / (shortRows + 1) : longer + (row - tall) / shortRows;
  }

  /** Returns all values; panels one after the other. */
  public float[] values() {
    return values;
  }

  /**
   * Fills a part of a row.
   *
   * @param k its first column
   * @param source values, {@code stride} apart, from {@code offset} on
   */
  public void pack(int row, int k, int count, float[] source, int offset, int stride) {
    int step = step(row);
    spread(source, offset, stride, count, offset(row) + k * step, step);
  }

  /**
   * Fills some columns of all rows.
   *
   * @param k the first column
   * @param source a line for each row, {@code width} apart, from {@code offset} on
   */
  public void packLines(int k, int count, float[] source, int offset, int width) {
    int line = offset;
    for (int panel = 0; panel < panels; panel++) {
      int step = panelRows(panel);
      int target = panelOffset(panel, k);
      for (int row = 0; row < step; row++) {
        spread(source, line, 1, count, target + row, step);
        line += width;
      }
    }
  }

  private void spread(float[] source, int offset, int stride, int count, int target, int step) {
    // With constants the compiler need not check every index.
    switch (step) {
      case PANEL_ROWS -> {
        for (int i = 0; i < count; i++) {
          values[target + i * PANEL_ROWS] = source[offset + i * stride];
        }
      }
      case PANEL_ROWS - 1 -> {
        for (int i = 0; i < count; i++) {
          values[target + i * (PANEL_ROWS - 1)] = source[offset + i * stride];
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          values[target + i * step] = source[offset + i * stride];
        }
      }
    }
  }
}
