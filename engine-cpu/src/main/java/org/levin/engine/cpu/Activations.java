package org.levin.engine.cpu;

import org.levin.internal.Arguments;

/**
 * What the forward pass computes for {@code B} rows and up to {@code T} steps, kept for the
 * backward pass. Time-major: the rows of a step lie side by side, and index {@code t·B + b} counts
 * the tokens.
 */
final class Activations {
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  final int rows;
  final int steps;

  /** Token ids {@code [T,B]}. */
  final int[] inputs;

  /**
   * {@code [L][T,B,4H]}: i, f, g, o; the backward pass overwrites them with the gradients of the
   * pre-activations.
   */
  final float[][] gates;

  /** {@code [L][T+1,B,H]}: the cell state; slot 0 is the one that entered. */
  final float[][] cells;

  /** {@code [L][T+1,B,H]}: the hidden state; slot 0 is the one that entered. */
  final float[][] hiddens;

  /** {@code [L][T,B,H]}: each layer's output after dropout; without dropout unused. */
  final float[][] dropped;

  /** {@code [L][T,B,H]}: 0 or 1/(1-p); without dropout unused. */
  final float[][] masks;

  /** {@code [T,B,V]}; the backward pass overwrites them with their gradient. */
  final float[] logits;

  Activations(NetworkShape shape, int rows, int steps, boolean dropout) {
    this.rows = rows;
    this.steps = steps;
    int tokens = length(1, 0);
    int states = length(shape.hidden(), rows);
    int masked = dropout ? length(shape.hidden(), 0) : 0;
    inputs = new int[tokens];
    gates = new float[shape.layers()][length(shape.gates(), 0)];
    cells = new float[shape.layers()][states];
    hiddens = new float[shape.layers()][states];
    dropped = new float[shape.layers()][masked];
    masks = new float[shape.layers()][masked];
    logits = new float[length(shape.vocabulary(), 0)];
  }

  /**
   * Returns the length of an array with {@code each} values a token, and {@code more} tokens than
   * there are.
   */
  private int length(int each, int more) {
    long length = ((long) rows * steps + more) * each;
    Arguments.require(
        length <= MAX_LENGTH,
        "%d rows of %d steps with %d values each do not fit into an array; take a smaller batch or shorter sequences",
        rows,
        steps,
        each);
    return (int) length;
  }

  boolean dropout() {
    return masks[0].length > 0;
  }

  /** What the layer hands upwards, {@code [T,B,H]}, from {@link #outputOffset} on. */
  float[] output(int layer) {
    return dropout() ? dropped[layer] : hiddens[layer];
  }

  /** Without dropout the output is the hidden state itself, whose slot 0 entered. */
  int outputOffset(int hidden) {
    return dropout() ? 0 : rows * hidden;
  }

  /**
   * Takes over ids {@code [B,T']}, {@code T'} of them {@code stride} apart, from {@code offset} on.
   */
  void inputs(int[] ids, int offset, int stride, int count) {
    for (int b = 0; b < rows; b++) {
      for (int t = 0; t < count; t++) {
        inputs[t * rows + b] = ids[offset + b * stride + t];
      }
    }
  }

  /** Copies the state that enters to slot 0. */
  void load(CpuState state) {
    for (int layer = 0; layer < gates.length; layer++) {
      System.arraycopy(state.hidden[layer], 0, hiddens[layer], 0, state.hidden[layer].length);
      System.arraycopy(state.cell[layer], 0, cells[layer], 0, state.cell[layer].length);
    }
  }

  /** Copies the state after {@code count} steps to {@code state}. */
  void store(CpuState state, int count) {
    for (int layer = 0; layer < gates.length; layer++) {
      int length = state.hidden[layer].length;
      System.arraycopy(hiddens[layer], count * length, state.hidden[layer], 0, length);
      System.arraycopy(cells[layer], count * length, state.cell[layer], 0, length);
    }
  }
}
