package org.levin.engine.cpu.kernel;

/**
 * The right side of a product, {@code [depth,columns]}, in the order in which its kernels read it.
 * {@link Kernels#matrix} makes it, and only products of the same kernels can read it.
 */
public interface PackedMatrix {
  /** Returns the number of rows, {@code K}. */
  int depth();

  /** Returns the number of columns, {@code N}. */
  int columns();

  /**
   * Fills the rows {@code [from,to)} from {@code source [depth,columns]}, whose rows are {@code
   * stride} apart.
   */
  void packRows(float[] source, int offset, int stride, int from, int to);

  /** Fills the columns {@code [from,to)} from the transposed {@code source [columns,depth]}. */
  void packColumns(float[] source, int offset, int from, int to);
}
