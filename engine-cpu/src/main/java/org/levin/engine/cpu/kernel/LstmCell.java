package org.levin.engine.cpu.kernel;

/**
 * The LSTM cell for {@code R} rows of {@code H} units, each array row-major: {@code c' = f·c + i·g,
 * h' = o·tanh(c')}. Offsets are indices of first elements; nothing is checked.
 */
public interface LstmCell {
  /**
   * Forward.
   *
   * @param gates pre-activations {@code [R,4,H]} in the order i, f, g, o; overwritten with the
   *     activations
   * @param previousCell {@code c [R,H]}
   * @param cell {@code c' [R,H]}; overwritten
   * @param hidden {@code h' [R,H]}; overwritten
   */
  void forward(
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
   * Backward.
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
  void backward(
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
}
