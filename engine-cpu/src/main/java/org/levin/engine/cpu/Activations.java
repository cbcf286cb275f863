package org.levin.engine.cpu;

import org.levin.internal.Arguments;

/**
 * What the forward pass computes for {@code B} rows and up to {@code T} steps; in training it is
 * kept for the backward pass. Everything lies in strips, whose lines are tokens: line {@code t·B +
 * b}, so that the rows of a step lie side by side.
 */
final class Activations {
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  final int rows;
  final int steps;

  /** {@code [T·B,H]}. */
  final Strips units;

  /** {@code [(T+1)·B,H]}: a state, of which step 0 is the one that entered. */
  final Strips states;

  /** {@code [T·B,V]}. */
  final Strips symbols;

  /** Token ids {@code [T·B]}. */
  final int[] inputs;

  /**
   * For each layer the strips of i, then those of f, g and o; the backward pass overwrites them
   * with the gradients of the pre-activations. Without one, all layers use the same memory.
   */
  final float[][] gates;

  /** The cell state of each layer. */
  final float[][] cells;

  /** The hidden state of each layer. */
  final float[][] hiddens;

  /** Each layer's output after dropout; without dropout unused. */
  final float[][] dropped;

  /** 0 or 1/(1-p); without dropout unused. */
  final float[][] masks;

  /** The backward pass overwrites them with their gradient. */
  final float[] logits;

  Activations(NetworkShape shape, int rows, int steps, boolean training, boolean dropout) {
    this.rows = rows;
    this.steps = steps;
    int tokens = fitting((long) rows * steps);
    units = new Strips(tokens, shape.hidden(), shape.unitWidth());
    states = new Strips(fitting((long) tokens + rows), shape.hidden(), shape.unitWidth());
    symbols = new Strips(tokens, shape.vocabulary(), shape.symbolWidth());
    int layers = shape.layers();
    int masked = dropout ? fitting(units.size()) : 0;
    inputs = new int[tokens];
    gates = new float[layers][];
    gates[0] = new float[fitting(NetworkShape.GATES * units.size())];
    for (int layer = 1; layer < layers; layer++) {
      gates[layer] = training ? new float[gates[0].length] : gates[0];
    }
    cells = new float[layers][fitting(states.size())];
    hiddens = new float[layers][fitting(states.size())];
    dropped = new float[layers][masked];
    masks = new float[layers][masked];
    logits = new float[fitting(symbols.size())];
  }

  private int fitting(long length) {
    Arguments.require(
        length <= MAX_LENGTH,
        "%d rows of %d steps need an array of %d values, more than Java has; take a smaller batch or shorter sequences",
        rows,
        steps,
        length);
    return (int) length;
  }

  boolean dropout() {
    return masks[0].length > 0;
  }

  /** Returns the distance from a strip of a gate to that of the next gate. */
  int gateStride() {
    return units.count() * units.stride();
  }

  /** What the layer hands upwards; see {@link #outputStrips}. */
  float[] output(int layer) {
    return dropout() ? dropped[layer] : hiddens[layer];
  }

  /** How {@link #output} is laid out. */
  Strips outputStrips() {
    return dropout() ? units : states;
  }

  /** Returns the line of a token in {@link #output}: the state that entered is nobody's output. */
  int outputLine(int token) {
    return dropout() ? token : token + rows;
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

  /** Copies the state that enters. */
  void load(CpuState state) {
    for (int layer = 0; layer < gates.length; layer++) {
      copy(state.strips, state.hidden[layer], 0, states, hiddens[layer], 0);
      copy(state.strips, state.cell[layer], 0, states, cells[layer], 0);
    }
  }

  /** Copies the state after {@code count} steps to {@code state}. */
  void store(CpuState state, int count) {
    for (int layer = 0; layer < gates.length; layer++) {
      copy(states, hiddens[layer], count * rows, state.strips, state.hidden[layer], 0);
      copy(states, cells[layer], count * rows, state.strips, state.cell[layer], 0);
    }
  }

  /** Copies the lines of all rows from one layout to another. */
  private void copy(Strips from, float[] source, int line, Strips to, float[] target, int toLine) {
    for (int strip = 0; strip < from.count(); strip++) {
      System.arraycopy(
          source, from.offset(strip, line), target, to.offset(strip, toLine), rows * from.width());
    }
  }
}
