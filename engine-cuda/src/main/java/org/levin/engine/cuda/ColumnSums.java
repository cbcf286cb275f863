package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** Adds the sums of a matrix's columns to a list: gradients of biases. */
final class ColumnSums {
  /** Columns that a block adds up. */
  private static final int COLUMNS = 32;

  /** Rows that a block adds up. */
  private static final int SLICE = 256;

  private ColumnSums() {}

  /**
   * {@code target [columns] = } sums over the rows of {@code values [rows,columns]}, in double
   * precision.
   *
   * @param copy where the same goes, or 0
   * @param partials room for {@link #partialBytes}; overwritten
   */
  static void add(
      LaunchList list, long target, long copy, long values, int rows, int columns, long partials) {
    int blocks = Math.ceilDiv(columns, COLUMNS);
    int slices = Math.ceilDiv(rows, SLICE);
    Grid sliced = new Grid(blocks, slices, Kernel.THREADS);
    list.add(Kernel.COLUMN_SUMS, sliced, partials, values, rows, columns);
    Grid whole = new Grid(blocks, 1, Kernel.THREADS);
    list.add(Kernel.ADD_COLUMN_SUMS, whole, target, copy, partials, slices, columns);
  }

  /** Returns the bytes that it needs beside its result. */
  static long partialBytes(int rows, int columns) {
    return (long) Math.ceilDiv(rows, SLICE) * columns * Double.BYTES;
  }
}
