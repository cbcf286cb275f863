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
      int count,
      int strips,
      int gatesStep,
      int statesStep) {
    int f = offset + stride;
    int g = f + stride;
    int o = g + stride;
    if (gatesStep == count) {
      terms(gates, offset, f, g, o, strips * count);
    } else {
      for (int s = 0; s < strips; s++) {
        int step = s * gatesStep;
        terms(gates, offset + step, f + step, g + step, o + step, count);
      }
    }
    for (int s = 0; s < strips; s++) {
      for (int u = 0; u < count; u += LANES) {
        int at = s * gatesStep + u;
        int state = s * statesStep + u;
        FloatVector input = ONE.div(FloatVector.fromArray(SPECIES, gates, offset + at).add(TWO));
        FloatVector forget = ONE.div(FloatVector.fromArray(SPECIES, gates, f + at).add(TWO));
        FloatVector term = FloatVector.fromArray(SPECIES, gates, g + at);
        FloatVector candidate = term.div(term.add(TWO));
        FloatVector output = ONE.div(FloatVector.fromArray(SPECIES, gates, o + at).add(TWO));
        input.intoArray(gates, offset + at);
        forget.intoArray(gates, f + at);
        candidate.intoArray(gates, g + at);
        output.intoArray(gates, o + at);
        forget
            .fma(
                FloatVector.fromArray(SPECIES, previousCell, previousOffset + state),
                input.mul(candidate))
            .intoArray(cell, cellOffset + state);
      }
    }
    for (int s = 0; s < strips; s++) {
      int step = s * statesStep;
      tanhTerms(cell, cellOffset + step, hidden, hiddenOffset + step, count);
    }
    for (int s = 0; s < strips; s++) {
      for (int u = 0; u < count; u += LANES) {
        int state = hiddenOffset + s * statesStep + u;
        FloatVector term = FloatVector.fromArray(SPECIES, hidden, state);
        FloatVector.fromArray(SPECIES, gates, o + s * gatesStep + u)
            .mul(term.div(term.add(TWO)))
            .intoArray(hidden, state);
      }
    }
  }

  /** What the gates' activations are made of, in place of the pre-activations. */
  private static void terms(float[] gates, int i, int f, int g, int o, int count) {
    sigmoidTerms(gates, i, count);
    sigmoidTerms(gates, f, count);
    tanhTerms(gates, g, gates, g, count);
    sigmoidTerms(gates, o, count);
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
