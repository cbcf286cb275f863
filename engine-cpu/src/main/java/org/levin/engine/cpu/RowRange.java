package org.levin.engine.cpu;

/**
 * A part of the rows of a batch: one thread takes it through all steps and layers without waiting
 * for another.
 */
record RowRange(int from, int to) {

  int count() {
    return to - from;
  }

  /** Cuts {@code rows} into at most {@code parts} ranges, as equal as they can be. */
  static RowRange[] divide(int rows, int parts) {
    int count = Math.min(parts, rows);
    RowRange[] ranges = new RowRange[count];
    for (int i = 0; i < count; i++) {
      ranges[i] =
          new RowRange((int) ((long) rows * i / count), (int) ((long) rows * (i + 1) / count));
    }
    return ranges;
  }
}
