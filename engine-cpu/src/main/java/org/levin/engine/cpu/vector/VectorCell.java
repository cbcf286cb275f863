package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;
import static org.levin.engine.cpu.vector.VectorMath.ONE;
import static org.levin.engine.cpu.vector.VectorMath.TWO;

import jdk.incubator.vector.FloatVector;
import org.levin.engine.cpu.kernel.LstmCell;
import org.levin.engine.cpu.plain.PlainCell;

/** {@link PlainCell}, operation by operation, on vectors, a row at a time while it is in cache. */
final class VectorCell implements LstmCell {
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
    int vectors = SPECIES.loopBound(size);
    for (int row = 0; row < rows; row++) {
      int i = gatesOffset + 4 * row * size;
      int f = i + size;
      int g = f + size;
      int o = g + size;
      int pc = previousOffset + row * size;
      int c = cellOffset + row * size;
      int h = hiddenOffset + row * size;
      sigmoidTerms(gates, i, vectors);
      sigmoidTerms(gates, f, vectors);
      tanhTerms(gates, g, gates, g, vectors);
      sigmoidTerms(gates, o, vectors);
      for (int u = 0; u < vectors; u += LANES) {
        FloatVector input = ONE.div(FloatVector.fromArray(SPECIES, gates, i + u).add(TWO));
        FloatVector forget = ONE.div(FloatVector.fromArray(SPECIES, gates, f + u).add(TWO));
        FloatVector term = FloatVector.fromArray(SPECIES, gates, g + u);
        FloatVector candidate = term.div(term.add(TWO));
        FloatVector output = ONE.div(FloatVector.fromArray(SPECIES, gates, o + u).add(TWO));
        input.intoArray(gates, i + u);
        forget.intoArray(gates, f + u);
        candidate.intoArray(gates, g + u);
        output.intoArray(gates, o + u);
        forget
            .fma(FloatVector.fromArray(SPECIES, previousCell, pc + u), input.mul(candidate))
            .intoArray(cell, c + u);
      }
      tanhTerms(cell, c, hidden, h, vectors);
      for (int u = 0; u < vectors; u += LANES) {
        FloatVector term = FloatVector.fromArray(SPECIES, hidden, h + u);
        FloatVector.fromArray(SPECIES, gates, o + u)
            .mul(term.div(term.add(TWO)))
            .intoArray(hidden, h + u);
      }
      PlainCell.row(gates, i, previousCell, pc, cell, c, hidden, h, vectors, size);
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
    int vectors = SPECIES.loopBound(size);
    for (int row = 0; row < rows; row++) {
      int i = gatesOffset + 4 * row * size;
      int f = i + size;
      int g = f + size;
      int o = g + size;
      int pc = previousOffset + row * size;
      int c = cellOffset + row * size;
      int da = aboveOffset + row * size;
      int dh = hiddenOffset + row * size;
      int dc = dCellOffset + row * size;
      for (int u = 0; u < vectors; u += LANES) {
        FloatVector.fromArray(SPECIES, dAbove, da + u)
            .add(FloatVector.fromArray(SPECIES, dHidden, dh + u))
            .intoArray(dHidden, dh + u);
      }
      // From here on dHidden is the whole gradient, and dAbove room for tanh(c').
      tanhTerms(cell, c, dAbove, da, vectors);
      for (int u = 0; u < vectors; u += LANES) {
        FloatVector term = FloatVector.fromArray(SPECIES, dAbove, da + u);
        FloatVector squashed = term.div(term.add(TWO));
        FloatVector input = FloatVector.fromArray(SPECIES, gates, i + u);
        FloatVector forget = FloatVector.fromArray(SPECIES, gates, f + u);
        FloatVector candidate = FloatVector.fromArray(SPECIES, gates, g + u);
        FloatVector output = FloatVector.fromArray(SPECIES, gates, o + u);
        FloatVector dh0 = FloatVector.fromArray(SPECIES, dHidden, dh + u);
        FloatVector dCell0 =
            dh0.mul(output)
                .fma(
                    squashed.neg().fma(squashed, ONE),
                    FloatVector.fromArray(SPECIES, dCell, dc + u));
        dCell0.mul(candidate).mul(input.mul(ONE.sub(input))).intoArray(gates, i + u);
        dCell0
            .mul(FloatVector.fromArray(SPECIES, previousCell, pc + u))
            .mul(forget.mul(ONE.sub(forget)))
            .intoArray(gates, f + u);
        dCell0.mul(input).mul(candidate.neg().fma(candidate, ONE)).intoArray(gates, g + u);
        dh0.mul(squashed).mul(output.mul(ONE.sub(output))).intoArray(gates, o + u);
        dCell0.mul(forget).intoArray(dCell, dc + u);
      }
      PlainCell.rowBackward(
          gates, i, previousCell, pc, cell, c, dAbove, da, dHidden, dh, dCell, dc, vectors, size);
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
