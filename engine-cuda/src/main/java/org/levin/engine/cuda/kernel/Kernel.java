package org.levin.engine.cuda.kernel;

import static org.levin.engine.cuda.kernel.ParameterType.ADDRESS;
import static org.levin.engine.cuda.kernel.ParameterType.INT;

import java.util.List;

/** The launch table: every kernel with its parameters, as they stand in its source. */
public enum Kernel {
  /** {@code table, weight, inputBias, recurrentBias, symbols, gates}. */
  INPUT_TABLE("inputTable", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code target, table, ids, rows, columns}. */
  GATHER_ROWS("gatherRows", ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code target, bias, other, rows, columns}. */
  FILL_ROWS("fillRows", ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code c, a, b, m, n, depth, accumulate}. */
  PRODUCT("product", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT),
  /** {@code c, a, b, m, n, depth, accumulate}. */
  PRODUCT_LEFT_TRANSPOSED("productLeftTransposed", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT),
  /** {@code c, a, b, m, n, depth, accumulate}. */
  PRODUCT_RIGHT_TRANSPOSED("productRightTransposed", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_TF32("productTf32", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_TF32_SMALL("productTf32Small", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_BF16("productBf16", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_BF16_SMALL("productBf16Small", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_LEFT_TRANSPOSED_TF32("productLeftTransposedTf32", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_LEFT_TRANSPOSED_TF32_SMALL("productLeftTransposedTf32Small", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_LEFT_TRANSPOSED_BF16("productLeftTransposedBf16", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_LEFT_TRANSPOSED_BF16_SMALL("productLeftTransposedBf16Small", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_RIGHT_TRANSPOSED_TF32("productRightTransposedTf32", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_RIGHT_TRANSPOSED_TF32_SMALL("productRightTransposedTf32Small", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_RIGHT_TRANSPOSED_BF16("productRightTransposedBf16", Parameters.SLICED),
  /** {@code c, a, b, m, n, depth, slice, accumulate}. */
  PRODUCT_RIGHT_TRANSPOSED_BF16_SMALL("productRightTransposedBf16Small", Parameters.SLICED),
  /** {@code c, partials, size, slices, accumulate}. */
  ADD_SLICES("addSlices", ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code gates, previousCell, cell, hidden, rows, units}. */
  CELL_FORWARD("cellForward", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code gates, previousCell, cell, dAbove, dHidden, dCell, rows, units}. */
  CELL_BACKWARD("cellBackward", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code gates, weight, cell, hidden, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_FORWARD("recurrentForward", Parameters.RECURRENT),
  /** {@code gates, weight, cell, hidden, exchanged, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_FORWARD_TF32("recurrentForwardTf32", Parameters.EXCHANGING),
  /** {@code gates, weight, cell, hidden, exchanged, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_FORWARD_BF16("recurrentForwardBf16", Parameters.EXCHANGING),
  /** {@code gates, weight, cell, hidden, exchanged, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_FORWARD_BF16_NARROW("recurrentForwardBf16Narrow", Parameters.EXCHANGING),
  /** {@code gates, weight, cell, dAbove, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_BACKWARD("recurrentBackward", Parameters.RECURRENT),
  /** {@code gates, weight, cell, dAbove, exchanged, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_BACKWARD_TF32("recurrentBackwardTf32", Parameters.EXCHANGING),
  /** {@code gates, weight, cell, dAbove, exchanged, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_BACKWARD_BF16("recurrentBackwardBf16", Parameters.EXCHANGING),
  /** {@code gates, weight, cell, dAbove, exchanged, counters, rows, ..., blockUnits, stepRows}. */
  RECURRENT_BACKWARD_BF16_NARROW("recurrentBackwardBf16Narrow", Parameters.EXCHANGING),
  /** {@code target, source, step, layer, rows, steps, units}. */
  DROPOUT("dropout", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT),
  /** {@code logits, targets, losses, tokens, symbols, gradient}. */
  CROSS_ENTROPY("crossEntropy", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code first, second, values, rows, columns}. */
  COLUMN_SUMS("columnSums", ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code gradient, dGates, starts, positions, symbols, gates}. */
  SYMBOL_GRADIENT("symbolGradient", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code partials, values, count}. */
  SQUARE_SUMS("squareSums", ADDRESS, ADDRESS, INT),
  /** {@code outcome, losses, tokens, partials, chunks, step}. */
  STEP_OUTCOME("stepOutcome", ADDRESS, ADDRESS, INT, ADDRESS, INT, ADDRESS),
  /** {@code outcome, losses, tokens}. */
  LOSS_SUM("lossSum", ADDRESS, ADDRESS, INT),
  /** {@code values, first, second, gradients, outcome, step, count}. */
  ADAM("adam", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT);

  /** Threads of a block, the most that any kernel has. */
  public static final int THREADS = 256;

  /** Parameters that several kernels have. */
  private static final class Parameters {
    static final ParameterType[] SLICED = {ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT, INT};
    static final ParameterType[] RECURRENT = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT, INT, INT
    };
    static final ParameterType[] EXCHANGING = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT, INT, INT
    };
  }

  private final String entry;
  private final List<ParameterType> parameters;

  Kernel(String entry, ParameterType... parameters) {
    this.entry = entry;
    this.parameters = List.of(parameters);
  }

  /** Returns its name in the module. */
  public String entry() {
    return entry;
  }

  /** Returns its parameters, in their order. */
  public List<ParameterType> parameters() {
    return parameters;
  }
}
