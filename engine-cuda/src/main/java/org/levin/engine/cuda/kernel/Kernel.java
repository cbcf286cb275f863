package org.levin.engine.cuda.kernel;

import static org.levin.engine.cuda.kernel.ParameterType.ADDRESS;
import static org.levin.engine.cuda.kernel.ParameterType.IDS;
import static org.levin.engine.cuda.kernel.ParameterType.INT;

import java.util.List;

/** The launch table: every kernel with its parameters, as they stand in its source. */
public enum Kernel {
  /** {@code table, weight, inputBias, recurrentBias, symbols, gates}. */
  INPUT_TABLE("inputTable", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code target, table, ids, rows, columns}. */
  GATHER_ROWS("gatherRows", ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code sums, inputBias, recurrentBias, count}. */
  ADD_BIASES("addBiases", ADDRESS, ADDRESS, ADDRESS, INT),
  /** {@code c, addend, a, b, m, n, depth, addendLine}. */
  PRODUCT("product", Parameters.PRODUCT),
  /** {@code c, addend, a, b, m, n, depth, addendLine}. */
  PRODUCT_LEFT_TRANSPOSED("productLeftTransposed", Parameters.PRODUCT),
  /** {@code c, addend, a, b, m, n, depth, addendLine}. */
  PRODUCT_RIGHT_TRANSPOSED("productRightTransposed", Parameters.PRODUCT),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_TF32("productTf32", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_TF32_SMALL("productTf32Small", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_BF16("productBf16", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_BF16_SMALL("productBf16Small", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_LEFT_TRANSPOSED_TF32("productLeftTransposedTf32", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_LEFT_TRANSPOSED_TF32_SMALL("productLeftTransposedTf32Small", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_LEFT_TRANSPOSED_BF16("productLeftTransposedBf16", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_LEFT_TRANSPOSED_BF16_SMALL("productLeftTransposedBf16Small", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_RIGHT_TRANSPOSED_TF32("productRightTransposedTf32", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_RIGHT_TRANSPOSED_TF32_SMALL("productRightTransposedTf32Small", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_RIGHT_TRANSPOSED_BF16("productRightTransposedBf16", Parameters.SLICED),
  /** {@code c, addend, a, b, m, n, depth, slice, leftLine, rightLine, addendLine}. */
  PRODUCT_RIGHT_TRANSPOSED_BF16_SMALL("productRightTransposedBf16Small", Parameters.SLICED),
  /** {@code target, values, rows, columns, line}. */
  COPY_FACTOR_TF32("copyFactorTf32", ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code target, values, rows, columns, line}. */
  COPY_FACTOR_BF16("copyFactorBf16", ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code c, partials, size, slices}. */
  ADD_SLICES("addSlices", ADDRESS, ADDRESS, INT, INT),
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
  /** {@code hidden, cell, before, weight, table, ids, rows, units}. */
  WRITE_FIRST_LAYER_TF32("writeFirstLayerTf32", Parameters.FIRST_LAYER),
  /** {@code hidden, cell, before, weight, table, ids, rows, units}. */
  WRITE_FIRST_LAYER_BF16("writeFirstLayerBf16", Parameters.FIRST_LAYER),
  /**
   * {@code hidden, cell, before, weight, below, inputWeight, inputBias, recurrentBias, rows,
   * units}.
   */
  WRITE_LAYER_TF32("writeLayerTf32", Parameters.LAYER),
  /** Likewise. */
  WRITE_LAYER_BF16("writeLayerBf16", Parameters.LAYER),
  /** {@code logits, hidden, weight, bias, rows, symbols, units}. */
  WRITE_LOGITS_TF32("writeLogitsTf32", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code logits, hidden, weight, bias, rows, symbols, units}. */
  WRITE_LOGITS_BF16("writeLogitsBf16", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code target, source, step, layer, rows, steps, units}. */
  DROPOUT("dropout", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT),
  /** {@code logits, targets, losses, tokens, symbols, gradient}. */
  CROSS_ENTROPY("crossEntropy", ADDRESS, ADDRESS, ADDRESS, INT, INT, INT),
  /** {@code partials, values, rows, columns}. */
  COLUMN_SUMS("columnSums", ADDRESS, ADDRESS, INT, INT),
  /** {@code first, second, partials, slices, columns}. */
  ADD_COLUMN_SUMS("addColumnSums", ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code partials, dGates, ids, positions, tokens, gates}. */
  SYMBOL_SUMS("symbolSums", ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT),
  /** {@code gradient, partials, starts, symbols, gates}. */
  SYMBOL_GRADIENT("symbolGradient", ADDRESS, ADDRESS, ADDRESS, INT, INT),
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
    static final ParameterType[] PRODUCT = {ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT};
    static final ParameterType[] SLICED = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT, INT, INT, INT
    };
    static final ParameterType[] RECURRENT = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT, INT, INT
    };
    static final ParameterType[] EXCHANGING = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT, INT, INT, INT, INT
    };
    static final ParameterType[] FIRST_LAYER = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, IDS, INT, INT
    };
    static final ParameterType[] LAYER = {
      ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT, INT
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
