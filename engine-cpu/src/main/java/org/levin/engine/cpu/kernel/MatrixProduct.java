package org.levin.engine.cpu.kernel;

/**
 * {@code C += A·B}, strip by strip. Each element of C is one chain of fused multiply-adds over k in
 * increasing order, starting from the value already there, so the way in which a product is cut
 * changes no bit.
 *
 * <p>A strip of C is {@code [rows,width]} without gaps, {@code width} as {@link Kernels#stripWidth}
 * says for its columns. Where the columns of a last strip end earlier, B is filled up with zeros.
 *
 * <p>An object of this type has scratch memory and belongs to one thread at a time.
 */
public interface MatrixProduct {
  /**
   * Adds the product with some strips of a matrix.
   *
   * @param a {@code [rows,depth]}
   * @param b {@code [depth,columns]}
   * @param strip the first strip of b, counted through all its segments
   * @param step from one strip of b to the next
   * @param strips how many
   * @param c strips, {@code cStride} apart; modified
   */
  void add(
      PackedRows a,
      PackedMatrix b,
      int strip,
      int step,
      int strips,
      float[] c,
      int cOffset,
      int cStride);

  /**
   * Adds the product with strips that lie in an array as they were computed.
   *
   * @param a {@code [rows,depth]}
   * @param b strips {@code [depth,width]}, {@code bStride} apart
   * @param strips how many
   * @param c strips {@code [rows,width]}, {@code cStride} apart; modified
   */
  void add(
      PackedRows a,
      float[] b,
      int bOffset,
      int bStride,
      int width,
      int strips,
      float[] c,
      int cOffset,
      int cStride);
}
