package org.levin.engine.cpu.kernel;

/**
 * The LSTM cell over units {@code [from,size)} of one row; see {@link Kernels} for the shapes. The
 * vector twin leaves its last units to it.
 */
public final class PlainCell {
  private PlainCell() {}

  /** See {@link Kernels#cellForward}. */
  public static void forward(
      float[] gates,
      int g,
      float[] previousCell,
      int pc,
      float[] cell,
      int c,
      float[] hidden,
      int h,
      int from,
      int size) {
    for (int u = from; u < size; u++) {
      float input = PlainMath.sigmoid(gates[g + u]);
      float forget = PlainMath.sigmoid(gates[g + size + u]);
      float candidate = PlainMath.tanh(gates[g + 2 * size + u]);
      float output = PlainMath.sigmoid(gates[g + 3 * size + u]);
      float next = Math.fma(forget, previousCell[pc + u], input * candidate);
      gates[g + u] = input;
      gates[g + size + u] = forget;
      gates[g + 2 * size + u] = candidate;
      gates[g + 3 * size + u] = output;
      cell[c + u] = next;
      hidden[h + u] = output * PlainMath.tanh(next);
    }
  }

  /** See {@link Kernels#cellBackward}. */
  public static void backward(
      float[] gates,
      int g,
      float[] previousCell,
      int pc,
      float[] cell,
      int c,
      float[] dAbove,
      int da,
      float[] dHidden,
      int dh,
      float[] dCell,
      int dc,
      int from,
      int size) {
    for (int u = from; u < size; u++) {
      float input = gates[g + u];
      float forget = gates[g + size + u];
      float candidate = gates[g + 2 * size + u];
      float output = gates[g + 3 * size + u];
      float squashed = PlainMath.tanh(cell[c + u]);
      float dh0 = dAbove[da + u] + dHidden[dh + u];
      float dCell0 = Math.fma(dh0 * output, Math.fma(-squashed, squashed, 1f), dCell[dc + u]);
      gates[g + u] = dCell0 * candidate * (input * (1f - input));
      gates[g + size + u] = dCell0 * previousCell[pc + u] * (forget * (1f - forget));
      gates[g + 2 * size + u] = dCell0 * input * Math.fma(-candidate, candidate, 1f);
      gates[g + 3 * size + u] = dh0 * squashed * (output * (1f - output));
      dCell[dc + u] = dCell0 * forget;
    }
  }
}
