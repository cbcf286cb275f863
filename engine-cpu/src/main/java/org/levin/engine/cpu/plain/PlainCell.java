package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.LstmCell;

/** The cell, unit by unit. */
public final class PlainCell implements LstmCell {
  @Override
  public void forward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] hidden,
      int hiddenOffset,
      int rows,
      int size) {
    for (int at = 0; at < rows * size; at += size) {
      row(
          gates,
          gatesOffset + 4 * at,
          previousCell,
          previousOffset + at,
          cell,
          cellOffset + at,
          hidden,
          hiddenOffset + at,
          0,
          size);
    }
  }

  @Override
  public void backward(
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
      int size) {
    for (int at = 0; at < rows * size; at += size) {
      rowBackward(
          gates,
          gatesOffset + 4 * at,
          previousCell,
          previousOffset + at,
          cell,
          cellOffset + at,
          dAbove,
          aboveOffset + at,
          dHidden,
          hiddenOffset + at,
          dCell,
          dCellOffset + at,
          0,
          size);
    }
  }

  /** {@link #forward} for the units {@code [from,size)} of one row. */
  public static void row(
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

  /** {@link #backward} for the units {@code [from,size)} of one row. */
  public static void rowBackward(
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
