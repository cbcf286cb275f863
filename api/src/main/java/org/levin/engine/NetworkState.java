package org.levin.engine;

/**
 * The hidden and cell state of {@code B} independent rows, each {@code [L,B,H]}. It belongs to one
 * thread at a time.
 */
public interface NetworkState extends AutoCloseable {

  /** Returns {@code B}. */
  int rows();

  /** Sets everything to zero. */
  void reset();

  /** Returns a copy of the hidden state {@code h}, {@code [L,B,H]}. */
  float[] hidden();

  /** Returns a copy of the cell state {@code c}, {@code [L,B,H]}. */
  float[] cell();

  /**
   * Takes over copies of {@code hidden} and {@code cell}, each {@code [L,B,H]}; throws {@link
   * IllegalArgumentException} for another length.
   */
  void set(float[] hidden, float[] cell);

  /** Frees what the state holds. Closing twice is harmless. */
  @Override
  void close();
}
