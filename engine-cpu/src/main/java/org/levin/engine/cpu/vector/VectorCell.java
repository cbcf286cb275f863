package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;
import static org.levin.engine.cpu.vector.VectorMath.ONE;

import jdk.incubator.vector.FloatVector;
import org.levin.engine.cpu.kernel.PlainCell;

/**
 * {@link PlainCell}, operation by operation, on vectors.
 *
 * <p>C2 stops inlining when a method has too many nodes, and then every vector that crosses a call
 * is an object. Hence one loop for each step of the formula, and each kernel in one method: one too
 * long to be inlined into its caller (over 325 bytes of code), whose nodes would count as well.
 */
final class VectorCell {
  private VectorCell() {}

  static void forward(
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
      int input = gatesOffset + 4 * row * size;
      int forget = input + size;
      int candidate = forget + size;
      int output = candidate + size;
      int previous = previousOffset + row * size;
      int next = cellOffset + row * size;
      int h = hiddenOffset + row * size;
      // One place for the three sigmoids, because each place counts.
      for (int gate = input; gate <= output; gate += gate == forget ? 2 * size : size) {
        for (int u = 0; u < vectors; u += LANES) {
          VectorMath.sigmoid(load(gates, gate + u)).intoArray(gates, gate + u);
        }
      }
      for (int u = 0; u < vectors; u += LANES) {
        VectorMath.tanh(load(gates, candidate + u)).intoArray(gates, candidate + u);
      }
      for (int u = 0; u < vectors; u += LANES) {
        FloatVector added = load(gates, input + u).mul(load(gates, candidate + u));
        load(gates, forget + u)
            .fma(load(previousCell, previous + u), added)
            .intoArray(cell, next + u);
      }
      for (int u = 0; u < vectors; u += LANES) {
        VectorMath.tanh(load(cell, next + u)).intoArray(hidden, h + u);
      }
      for (int u = 0; u < vectors; u += LANES) {
        load(gates, output + u).mul(load(hidden, h + u)).intoArray(hidden, h + u);
      }
      PlainCell.forward(gates, input, previousCell, previous, cell, next, hidden, h, vectors, size);
    }
  }

  static void backward(
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
      int g = gatesOffset + 4 * row * size;
      int pc = previousOffset + row * size;
      int c = cellOffset + row * size;
      int da = aboveOffset + row * size;
      int dh = hiddenOffset + row * size;
      int dc = dCellOffset + row * size;
      for (int u = 0; u < vectors; u += LANES) {
        load(dAbove, da + u).add(load(dHidden, dh + u)).intoArray(dHidden, dh + u);
      }
      // From here on dHidden is the whole gradient, and dAbove holds tanh(c').
      for (int u = 0; u < vectors; u += LANES) {
        VectorMath.tanh(load(cell, c + u)).intoArray(dAbove, da + u);
      }
      for (int u = 0; u < vectors; u += LANES) {
        FloatVector input = load(gates, g + u);
        FloatVector forget = load(gates, g + size + u);
        FloatVector candidate = load(gates, g + 2 * size + u);
        FloatVector output = load(gates, g + 3 * size + u);
        FloatVector squashed = load(dAbove, da + u);
        FloatVector dh0 = load(dHidden, dh + u);
        FloatVector dCell0 =
            dh0.mul(output).fma(squashed.neg().fma(squashed, ONE), load(dCell, dc + u));
        dCell0.mul(candidate).mul(input.mul(ONE.sub(input))).intoArray(gates, g + u);
        dCell0
            .mul(load(previousCell, pc + u))
            .mul(forget.mul(ONE.sub(forget)))
            .intoArray(gates, g + size + u);
        dCell0
            .mul(input)
            .mul(candidate.neg().fma(candidate, ONE))
            .intoArray(gates, g + 2 * size + u);
        dh0.mul(squashed).mul(output.mul(ONE.sub(output))).intoArray(gates, g + 3 * size + u);
        dCell0.mul(forget).intoArray(dCell, dc + u);
      }
      PlainCell.backward(
          gates, g, previousCell, pc, cell, c, dAbove, da, dHidden, dh, dCell, dc, vectors, size);
    }
  }

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }
}
