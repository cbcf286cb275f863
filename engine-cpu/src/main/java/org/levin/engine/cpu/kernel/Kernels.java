package org.levin.engine.cpu.kernel;

/**
 * The inner loops. Offsets are indices of first elements; nothing is checked; what is not said to
 * be modified is not.
 */
public interface Kernels {
  /** Returns what runs, for people: "Vector API, 256-bit". */
  String description();

  /** Returns a matrix of zeros, for products of these kernels. */
  PackedMatrix matrix(int depth, int columns);

  /** Returns a product for one thread. */
  MatrixProduct product();

  /** Returns the cell; any number of threads may use it. */
  LstmCell cell();

  /** {@code x = exp(x - shift)}; {@code x} is modified. */
  void exponentials(float[] x, int offset, int count, float shift);

  /**
   * Adam over {@code [from,to)}.
   *
   * @param weights modified
   * @param first first moment; modified
   * @param second second moment; modified
   * @param gradients before clipping
   */
  void adam(
      float[] weights,
      float[] first,
      float[] second,
      float[] gradients,
      int from,
      int to,
      AdamFactors factors);
}
