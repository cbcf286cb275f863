package org.levin.engine.cpu.kernel;

/**
 * The LSTM cell, unit by unit: {@code c' = f·c + i·g, h' = o·tanh(c')}. Arrays are read from an
 * offset on, {@code count} values without gaps; a count is a number of whole strips' lines. Nothing
 * is checked.
 */
public interface LstmCell {
  /**
   * Forward, over several strips at once, which keep a processor busy where each is short.
   *
   * @param gates pre-activations, those of i from {@code offset} on, those of f, g and o each
   *     {@code stride} later; overwritten with the activations
   * @param previousCell {@code c}
   * @param cell {@code c'}; overwritten; may be the array of {@code c}, at another place
   * @param hidden {@code h'}; overwritten
   * @param count values of each strip
   * @param strips how many
   * @param gatesStep from a strip of the gates to the next
   * @param statesStep from a strip of the other arrays to the next
   */
  void forward(
      float[] gates,
      int offset,
      int stride,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] hidden,
      int hiddenOffset,
      int count,
      int strips,
      int gatesStep,
      int statesStep);

  /**
   * Backward.
   *
   * @param gates activations, laid out as in {@link #forward}; overwritten with the gradients of
   *     the pre-activations
   * @param previousCell {@code c}
   * @param cell {@code c'}
   * @param dAbove gradient of {@code h'} that comes from above; what it holds afterwards is
   *     nobody's
   * @param dHidden gradient of {@code h'} that comes from the next step; likewise
   * @param dCell gradient of {@code c'} that comes from the next step; overwritten with that of
   *     {@code c}
   * @param offset of the three gradients
   */
  void backward(
      float[] gates,
      int gatesOffset,
      int stride,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] dAbove,
      float[] dHidden,
      float[] dCell,
      int offset,
      int count);
}
