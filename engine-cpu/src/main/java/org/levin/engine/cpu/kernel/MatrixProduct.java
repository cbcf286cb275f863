package org.levin.engine.cpu.kernel;

/**
 * {@code C += A·B}. Each element of C is one chain of fused multiply-adds over k in increasing
 * order, starting from the value already there, so the way in which a product is cut into tiles
 * changes no bit.
 *
 * <p>An object of this type has scratch memory and belongs to one thread at a time.
 */
public interface MatrixProduct {
  /** Rows of a packed panel of A. */
  int PANEL_ROWS = 4;

  /**
   * Adds a product of rows.
   *
   * @param a {@code [rows,depth]}, rows {@code aStride} apart
   * @param b {@code [depth,columns]}
   * @param c {@code [rows,columns]}, rows {@code cStride} apart; modified
   */
  void add(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cStride);

  /**
   * Adds a product whose left side is packed already.
   *
   * @param a panels of {@link #PANEL_ROWS} rows, each {@code [aDepth,PANEL_ROWS]}; the last may be
   *     filled up with zeros
   * @param rows rows of C
   * @param aDepth steps of k that {@code a} has
   * @param bFirst row of {@code b} that belongs to the first k of {@code a}
   */
  void addPacked(
      float[] a,
      int rows,
      int aDepth,
      PackedMatrix b,
      int bFirst,
      float[] c,
      int cOffset,
      int cStride);
}
