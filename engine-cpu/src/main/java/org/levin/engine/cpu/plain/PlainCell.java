package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.LstmCell;

/** The cell, unit by unit. */
public final class PlainCell implements LstmCell {
  @Override
  public void forward(
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
      int statesStep) {
    for (int s = 0; s < strips; s++) {
      forward(
          gates,
          offset + s * gatesStep,
          stride,
          previousCell,
          previousOffset + s * statesStep,
          cell,
          cellOffset + s * statesStep,
          hidden,
          hiddenOffset + s * statesStep,
          count);
    }
  }

  private static void forward(
      float[] gates,
      int offset,
      int stride,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] hidden,
      int hiddenOffset,
      int count) {
    for (int u = 0; u < count; u++) {
      int i = offset + u;
      int f = i + stride;
      int g = f + stride;
      int o = g + stride;
      float input = PlainMath.sigmoid(gates[i]);
      float forget = PlainMath.sigmoid(gates[f]);
      float candidate = PlainMath.tanh(gates[g]);
      float output = PlainMath.sigmoid(gates[o]);
      float next = Math.fma(forget, previousCell[previousOffset + u], input * candidate);
      gates[i] = input;
      gates[f] = forget;
      gates[g] = candidate;
      gates[o] = output;
      cell[cellOffset + u] = next;
      hidden[hiddenOffset + u] = output * PlainMath.tanh(next);
    }
  }

  @Override
  public void backward(
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
      int count) {
    for (int u = 0; u < count; u++) {
      int i = gatesOffset + u;
      int f = i + stride;
      int g = f + stride;
      int o = g + stride;
      float input = gates[i];
      float forget = gates[f];
      float candidate = gates[g];
      float output = gates[o];
      float squashed = PlainMath.tanh(cell[cellOffset + u]);
      float dh = dAbove[offset + u] + dHidden[offset + u];
      float dc = Math.fma(dh * output, Math.fma(-squashed, squashed, 1f), dCell[offset + u]);
      gates[i] = dc * candidate * (input * (1f - input));
      gates[f] = dc * previousCell[previousOffset + u] * (forget * (1f - forget));
      gates[g] = dc * input * Math.fma(-candidate, candidate, 1f);
      gates[o] = dh * squashed * (output * (1f - output));
      dCell[offset + u] = dc * forget;
    }
  }
}
