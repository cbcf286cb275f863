package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;
import static org.levin.engine.cpu.vector.VectorMath.ONE;
import static org.levin.engine.cpu.vector.VectorMath.TWO;

import jdk.incubator.vector.FloatVector;
import org.levin.engine.cpu.kernel.LstmCell;
import org.levin.engine.cpu.plain.PlainCell;

/**
 * {@link PlainCell}, operation by operation, on vectors. Lines of strips are whole vectors, so no
 * value is left over.
 */
final class VectorCell implements LstmCell {
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
      int count) {
    int f = offset + stride;
    int g = f + stride;
    int o = g + stride;
    sigmoidTerms(gates, offset, count);
    sigmoidTerms(gates, f, count);
    tanhTerms(gates, g, gates, g, count);
    sigmoidTerms(gates, o, count);
    for (int u = 0; u < count; u += LANES) {
      FloatVector input = ONE.div(FloatVector.fromArray(SPECIES, gates, offset + u).add(TWO));
      FloatVector forget = ONE.div(FloatVector.fromArray(SPECIES, gates, f + u).add(TWO));
      FloatVector term = FloatVector.fromArray(SPECIES, gates, g + u);
      FloatVector candidate = term.div(term.add(TWO));
      FloatVector output = ONE.div(FloatVector.fromArray(SPECIES, gates, o + u).add(TWO));
      input.intoArray(gates, offset + u);
      forget.intoArray(gates, f + u);
      candidate.intoArray(gates, g + u);
      output.intoArray(gates, o + u);
      forget
          .fma(
              FloatVector.fromArray(SPECIES, previousCell, previousOffset + u),
              input.mul(candidate))
          .intoArray(cell, cellOffset + u);
    }
    tanhTerms(cell, cellOffset, hidden, hiddenOffset, count);
    for (int u = 0; u < count; u += LANES) {
      FloatVector term = FloatVector.fromArray(SPECIES, hidden, hiddenOffset + u);
      FloatVector.fromArray(SPECIES, gates, o + u)
          .mul(term.div(term.add(TWO)))
          .intoArray(hidden, hiddenOffset + u);
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
    int f = gatesOffset + stride;
    int g = f + stride;
    int o = g + stride;
    for (int u = offset; u < offset + count; u += LANES) {
      FloatVector.fromArray(SPECIES, dAbove, u)
          .add(FloatVector.fromArray(SPECIES, dHidden, u))
          .intoArray(dHidden, u);
    }
    // From here on dHidden is the whole gradient, and dAbove room for tanh(c').
    tanhTerms(cell, cellOffset, dAbove, offset, count);
    for (int u = 0; u < count; u += LANES) {
      FloatVector term = FloatVector.fromArray(SPECIES, dAbove, offset + u);
      FloatVector squashed = term.div(term.add(TWO));
      FloatVector input = FloatVector.fromArray(SPECIES, gates, gatesOffset + u);
      FloatVector forget = FloatVector.fromArray(SPECIES, gates, f + u);
      FloatVector candidate = FloatVector.fromArray(SPECIES, gates, g + u);
      FloatVector output = FloatVector.fromArray(SPECIES, gates, o + u);
      FloatVector dh = FloatVector.fromArray(SPECIES, dHidden, offset + u);
      FloatVector dc =
          dh.mul(output)
              .fma(
                  squashed.neg().fma(squashed, ONE),
                  FloatVector.fromArray(SPECIES, dCell, offset + u));
      dc.mul(candidate).mul(input.mul(ONE.sub(input))).intoArray(gates, gatesOffset + u);
      dc.mul(FloatVector.fromArray(SPECIES, previousCell, previousOffset + u))
          .mul(forget.mul(ONE.sub(forget)))
          .intoArray(gates, f + u);
      dc.mul(input).mul(candidate.neg().fma(candidate, ONE)).intoArray(gates, g + u);
      dh.mul(squashed).mul(output.mul(ONE.sub(output))).intoArray(gates, o + u);
      dc.mul(forget).intoArray(dCell, offset + u);
    }
  }

  /** {@code t = e^-x - 1} in place, of which the sigmoid is {@code 1/(t+2)}. */
  private static void sigmoidTerms(float[] x, int offset, int count) {
    VectorMath.exponentials(x, offset, x, offset, count, -1f, 0f, 1f);
  }

  /** {@code t = e^2x - 1}, of which the tanh is {@code t/(t+2)}. */
  private static void tanhTerms(float[] x, int xOffset, float[] t, int tOffset, int count) {
    VectorMath.exponentials(x, xOffset, t, tOffset, count, 2f, 0f, 1f);
  }
}
