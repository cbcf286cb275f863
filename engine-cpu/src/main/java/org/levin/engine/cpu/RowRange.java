package org.levin.engine.cpu;

import org.levin.engine.cpu.kernel.MatrixProduct;

/**
 * A part of the rows of a batch: one thread takes it through all steps and layers without waiting
 * for another.
 */
record RowRange(int from, int to) {

  int count() {
    return to - from;
  }

  /**
   * Cuts {@code rows} into at most {@code parts} ranges of whole tiles, as equal as they can be;
   * the remainder goes to the last.
   */
  static RowRange[] divide(int rows, int parts) {
    int tiles = Math.ceilDiv(rows, MatrixProduct.PANEL_ROWS);
    int count = Math.min(parts, tiles);
    RowRange[] ranges = new RowRange[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) tiles * i / count) * MatrixProduct.PANEL_ROWS;
      int to = (int) ((long) tiles * (i + 1) / count) * MatrixProduct.PANEL_ROWS;
      ranges[i] = new RowRange(from, Math.min(rows, to));
    }
    return ranges;
  }
}
