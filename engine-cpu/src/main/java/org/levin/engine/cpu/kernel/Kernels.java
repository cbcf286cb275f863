package org.levin.engine.cpu.kernel;

/**
 * The inner loops. Offsets are indices of first elements; nothing is checked; what is not said to
 * be modified is not.
 *
 * <p>A sum over {@code k} is one chain of fused multiply-adds in increasing {@code k} that starts
 * from the value already in the result.
 */
public interface Kernels {
  /** Rows of a tile, and of a packed panel of rows. */
  int TILE_ROWS = 4;

  /**
   * Panels of columns that {@link #row} takes at once: enough independent chains to hide the
   * latency of a multiply-add.
   */
  int ROW_PANELS = 4;

  /** Returns what runs, for people: "Vector API, 256-bit". */
  String description();

  /** Returns {@code W}, the columns of a tile, and of a packed panel of columns. */
  int panelWidth();

  /**
   * {@code C += A·B} for one tile.
   *
   * @param a panel of rows, {@code [depth,4]}
   * @param b panel of columns, {@code [depth,W]}
   * @param c tile {@code [4,W]} with rows {@code cStride} apart; modified
   */
  void tile(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      int depth);

  /**
   * {@code c += a·B} for one row and {@link #ROW_PANELS} panels.
   *
   * @param a row {@code [depth]}
   * @param b panels of columns, each {@code [depth,W]}, {@code bStride} apart
   * @param c {@code [ROW_PANELS·W]}; modified
   */
  void row(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int depth);

  /**
   * LSTM cells, forward, for {@code R} rows of {@code H} units, each array row-major: {@code c' =
   * f·c + i·g, h' = o·tanh(c')}.
   *
   * @param gates pre-activations {@code [R,4,H]} in the order i, f, g, o; overwritten with the
   *     activations
   * @param previousCell {@code c [R,H]}
   * @param cell {@code c' [R,H]}; overwritten
   * @param hidden {@code h' [R,H]}; overwritten
   */
  void cellForward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] hidden,
      int hiddenOffset,
      int rows,
      int size);

  /**
   * LSTM cells, backward, for {@code R} rows of {@code H} units, each array row-major.
   *
   * @param gates activations {@code [R,4,H]}; overwritten with the gradients of the pre-activations
   * @param previousCell {@code c [R,H]}
   * @param cell {@code c' [R,H]}
   * @param dAbove gradient of {@code h'} that comes from above, {@code [R,H]}; what it holds
   *     afterwards is nobody's
   * @param dHidden gradient of {@code h'} that comes from the next step, {@code [R,H]}; likewise
   * @param dCell gradient of {@code c'} that comes from the next step, {@code [R,H]}; overwritten
   *     with that of {@code c}
   */
  void cellBackward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] dAbove,
      int aboveOffset,
      float[] dHidden,
      int hiddenOffset,
      float[] dCell,
      int dCellOffset,
      int rows,
      int size);

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
