package org.levin.engine.cpu.kernel;

import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;

/**
 * The inner loops. Offsets are indices of first elements; nothing is checked; what is not said to
 * be modified is not.
 */
public interface Kernels {
  /** Returns what runs, for people: "Vector API, 256-bit". */
  String description();

  /** Returns the width of the strips that a matrix of so many columns is cut into. */
  int stripWidth(int columns);

  /**
   * Returns a matrix of zeros, for products of these kernels.
   *
   * @param columns of each segment
   */
  PackedMatrix matrix(int depth, int segments, int columns);

  /** Returns a product for one thread. */
  MatrixProduct product();

  /** Returns the cell; any number of threads may use it. */
  LstmCell cell();

  /** {@code x = exp(x - shift)}; {@code x} is modified. */
  void exponentials(float[] x, int offset, int count, float shift);

  /** {@code z = x·y}; {@code z} is modified, and may be {@code y} at the same place. */
  void multiply(float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int count);

  /**
   * Copies lines of a table.
   *
   * @param table lines of {@code width} values from {@code offset} on
   * @param lines which of them, {@code count} numbers from {@code from} on
   * @param target {@code [count,width]} from {@code at} on; modified
   */
  void gather(
      float[] table,
      int offset,
      int[] lines,
      int from,
      int count,
      int width,
      float[] target,
      int at);

  /**
   * Does {@link DropoutMask#fill} of a mask.
   *
   * @param step the step of training that the mask is of
   * @param factors {@code count} of them are modified
   */
  void dropout(
      TrainingStep step,
      DropoutMask mask,
      int layer,
      int row,
      long position,
      float[] factors,
      int offset,
      int count);

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
