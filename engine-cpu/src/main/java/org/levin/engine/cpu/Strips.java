package org.levin.engine.cpu;

import org.levin.engine.cpu.kernel.PackedRows;

/**
 * A matrix {@code [lines,columns]} cut into strips of columns. The lines of a strip lie one after
 * the other without gaps, so that whatever goes through a strip goes through memory in one line.
 * The last strip may be wider than its columns.
 */
record Strips(int lines, int columns, int width) {

  /** Returns the number of strips. */
  int count() {
    return Math.ceilDiv(columns, width);
  }

  /** Returns the first strip of the part {@code part} of {@code parts}. */
  int first(int part, int parts) {
    return count() * part / parts;
  }

  /** Returns the distance from one strip to the next. */
  int stride() {
    return lines * width;
  }

  /** Returns how many values all strips have room for. */
  long size() {
    return (long) count() * lines * width;
  }

  /** Returns where a line of a strip begins. */
  int offset(int strip, int line) {
    return (strip * lines + line) * width;
  }

  /** Returns the first column of a strip. */
  int firstColumn(int strip) {
    return strip * width;
  }

  /** Returns how many columns a strip has. */
  int columns(int strip) {
    return Math.min(width, columns - strip * width);
  }

  /**
   * Packs lines of a strip, as many as {@code target} has rows, as columns of a product's left
   * side.
   *
   * @param offset where the first of them begins
   * @param column of {@code target}, which gets column 0 of the strips
   */
  void pack(float[] values, int offset, int strip, PackedRows target, int column) {
    target.packLines(column + firstColumn(strip), columns(strip), values, offset, width);
  }

  /** Copies a row of all columns to a line. */
  void put(float[] row, int from, float[] strips, int line) {
    for (int strip = 0; strip < count(); strip++) {
      System.arraycopy(row, from + firstColumn(strip), strips, offset(strip, line), columns(strip));
    }
  }

  /** Copies a line to a row of all columns. */
  void get(float[] strips, int line, float[] row, int to) {
    for (int strip = 0; strip < count(); strip++) {
      System.arraycopy(strips, offset(strip, line), row, to + firstColumn(strip), columns(strip));
    }
  }
}
