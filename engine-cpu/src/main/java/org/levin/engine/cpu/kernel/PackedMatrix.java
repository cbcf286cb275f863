package org.levin.engine.cpu.kernel;

/**
 * The right side of a product, {@code [depth,columns]}, in the order in which its kernels read it:
 * cut into strips of columns. {@link Kernels#matrix} makes it, and only products of the same
 * kernels can read it.
 *
 * <p>The columns may come in several segments of equal length, such as the gates of a layer; each
 * begins a strip of its own.
 */
public interface PackedMatrix {
  /** Returns the number of rows, {@code K}. */
  int depth();

  /** Returns the number of columns of all segments. */
  int columns();

  /**
   * Fills the rows {@code [from,to)} from {@code source [depth,columns]}, whose rows are {@code
   * stride} apart.
   */
  void packRows(float[] source, int offset, int stride, int from, int to);

  /** Fills the columns {@code [from,to)} from the transposed {@code source [columns,depth]}. */
  void packColumns(float[] source, int offset, int from, int to);
}
