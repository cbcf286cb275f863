package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.Launch;
import org.levin.engine.cuda.kernel.ParameterType;
import org.levin.engine.cuda.kernel.Precision;

/**
 * One step of a few rows, as when texts are written. A launch computes a layer, and one the logits,
 * which it writes to the host's memory itself; the ids go with the arguments, and the state stays
 * where it is. So a step is {@code L + 2} calls of the driver: {@code L + 1} launches, and the wait
 * for them.
 *
 * <p>Factors are rounded as the precision says, sums are added in an order of their own. Single
 * precision promises the order of the CPU, and is not written this way.
 */
final class Writing {
  /** Rows that use what a block has read; as the kernels have it. */
  private static final int TILE_ROWS = 8;

  /** Symbols of a block, each a warp's; likewise. */
  private static final int BLOCK_SYMBOLS = 8;

  /** Threads of a block, all for one unit; likewise. */
  private static final int LAYER_THREADS = 128;

  private final NetworkShape shape;
  private final Weights weights;
  private final DeviceContext context;
  private final Launch firstLayer;
  private final Launch layer;
  private final Launch output;

  private Writing(NetworkShape shape, Weights weights, KernelLibrary library) {
    boolean bf16 = library.precision() == Precision.BF16;
    this.shape = shape;
    this.weights = weights;
    context = library.context();
    firstLayer =
        new Launch(library, bf16 ? Kernel.WRITE_FIRST_LAYER_BF16 : Kernel.WRITE_FIRST_LAYER_TF32);
    layer = new Launch(library, bf16 ? Kernel.WRITE_LAYER_BF16 : Kernel.WRITE_LAYER_TF32);
    output = new Launch(library, bf16 ? Kernel.WRITE_LOGITS_BF16 : Kernel.WRITE_LOGITS_TF32);
  }

  /** Returns what writes in the library's precision, if it can be written so. */
  static Optional<Writing> of(NetworkShape shape, Weights weights, KernelLibrary library) {
    return library.precision() == Precision.FP32
        ? Optional.empty()
        : Optional.of(new Writing(shape, weights, library));
  }

  /** Returns whether so many rows can go at once. */
  boolean fits(int rows) {
    return rows <= ParameterType.ROWS
        && (long) rows * shape.vocabulary() <= DeviceContext.HOST_FLOATS;
  }

  /**
   * Computes logits.
   *
   * @param ids {@code [B]}, of rows that fit
   * @param state modified
   * @param logits {@code [B,V]}; overwritten
   */
  void logits(int[] ids, CudaState state, float[] logits) {
    queueFirstLayer(ids, state);
    for (int index = 1; index < shape.layers(); index++) {
      queueLayer(index, state);
    }
    queueLogits(state);
    state.advance();
    context.take(logits);
  }

  private static Grid grid(int blocks, int rows, int threads) {
    return new Grid(blocks, Math.ceilDiv(rows, TILE_ROWS), threads);
  }

  private void queueFirstLayer(int[] ids, CudaState state) {
    firstLayer.run(
        grid(shape.hidden(), state.rows(), LAYER_THREADS),
        state.nextHidden(0),
        state.cell(0),
        state.hidden(0),
        weights.values.at(shape.recurrentWeight(0)),
        weights.table.address(),
        ids,
        state.rows(),
        shape.hidden());
  }

  private void queueLayer(int index, CudaState state) {
    layer.run(
        grid(shape.hidden(), state.rows(), LAYER_THREADS),
        state.nextHidden(index),
        state.cell(index),
        state.hidden(index),
        weights.values.at(shape.recurrentWeight(index)),
        state.nextHidden(index - 1),
        weights.values.at(shape.inputWeight(index)),
        weights.values.at(shape.inputBias(index)),
        weights.values.at(shape.recurrentBias(index)),
        state.rows(),
        shape.hidden());
  }

  private void queueLogits(CudaState state) {
    output.run(
        grid(Math.ceilDiv(shape.vocabulary(), BLOCK_SYMBOLS), state.rows(), Kernel.THREADS),
        context.hostAddress(),
        state.nextHidden(shape.layers() - 1),
        weights.values.at(shape.outputWeight()),
        weights.values.at(shape.outputBias()),
        state.rows(),
        shape.vocabulary(),
        shape.hidden());
  }
}
