package org.levin.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * The weights in the order in which the passes read them; packed anew after every update.
 *
 * <p>Forward products multiply by {@code Wᵀ}, backward ones by {@code W}.
 */
final class PackedWeights {
  /** Rows or columns of a matrix that one task packs: whole panels of every vector width. */
  private static final int LINES_PER_TASK = 64;

  private final NetworkShape shape;
  private final float[] values;

  /** What packs all of it, each task a part of its own. */
  private final List<Runnable> tasks = new ArrayList<>();

  private final Workers.Task packing = (task, worker) -> tasks.get(task).run();

  /** {@code [V,H]}, for each gate. */
  final Strips table;

  /**
   * For each gate the strips of {@link #table}: both biases of layer 0 plus the column of {@code
   * weight_ih} for each symbol, which is its product with a one-hot input.
   */
  final float[] inputTable;

  /** For each layer and gate the strips of one line: the sum of both biases. */
  final float[][] biases;

  /** Forward, {@code [H,4H]}; the layers from 1 on have an input product. */
  final PackedMatrix[] input;

  final PackedMatrix[] recurrent;
  final PackedMatrix output;

  /** Backward, {@code [4H,H]}. */
  final PackedMatrix[] inputBack;

  final PackedMatrix[] recurrentBack;
  final PackedMatrix outputBack;

  /** Strips of one line. */
  final float[] outputBias;

  /**
   * Makes room for the weights in {@code values}; for the backward pass too if {@code training}.
   */
  PackedWeights(NetworkShape shape, Kernels kernels, float[] values, boolean training) {
    this.shape = shape;
    this.values = values;
    int layers = shape.layers();
    int hidden = shape.hidden();
    int gates = shape.gates();
    table = new Strips(shape.vocabulary(), hidden, shape.unitWidth());
    inputTable = new float[Math.toIntExact(NetworkShape.GATES * table.size())];
    biases = new float[layers][NetworkShape.GATES * table.count() * table.width()];
    int symbols = shape.vocabulary();
    outputBias = new float[Math.ceilDiv(symbols, shape.symbolWidth()) * shape.symbolWidth()];
    input = new PackedMatrix[layers];
    recurrent = new PackedMatrix[layers];
    inputBack = new PackedMatrix[training ? layers : 0];
    recurrentBack = new PackedMatrix[training ? layers : 0];
    for (int layer = 0; layer < layers; layer++) {
      recurrent[layer] = kernels.matrix(hidden, NetworkShape.GATES, hidden);
      packForward(recurrent[layer], shape.recurrentWeight(layer));
      if (layer > 0) {
        input[layer] = kernels.matrix(hidden, NetworkShape.GATES, hidden);
        packForward(input[layer], shape.inputWeight(layer));
      }
      if (training) {
        recurrentBack[layer] = kernels.matrix(gates, 1, hidden);
        packBackward(recurrentBack[layer], shape.recurrentWeight(layer));
      }
      if (training && layer > 0) {
        inputBack[layer] = kernels.matrix(gates, 1, hidden);
        packBackward(inputBack[layer], shape.inputWeight(layer));
      }
    }
    output = kernels.matrix(hidden, 1, shape.vocabulary());
    packForward(output, shape.outputWeight());
    outputBack = kernels.matrix(training ? shape.vocabulary() : 0, 1, hidden);
    packBackward(outputBack, shape.outputWeight());
    tasks.add(this::fillInputTable);
  }

  /** Packs the weights as they are now. */
  void refresh(Workers workers) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      addBiases(layer);
    }
    System.arraycopy(values, shape.outputBias(), outputBias, 0, shape.vocabulary());
    workers.run(tasks.size(), packing);
  }

  private void addBiases(int layer) {
    for (int j = 0; j < shape.gates(); j++) {
      float sum = values[shape.inputBias(layer) + j] + values[shape.recurrentBias(layer) + j];
      biases[layer][gateStrip(j) * table.width() + lane(j)] = sum;
    }
  }

  private void fillInputTable() {
    for (int j = 0; j < shape.gates(); j++) {
      int row = shape.inputWeight(0) + j * shape.vocabulary();
      float bias = biases[0][gateStrip(j) * table.width() + lane(j)];
      int column = table.offset(gateStrip(j), 0) + lane(j);
      for (int id = 0; id < shape.vocabulary(); id++) {
        inputTable[column + id * table.width()] = bias + values[row + id];
      }
    }
  }

  /** The strip of pre-activation {@code j}, counted through all gates. */
  private int gateStrip(int j) {
    return j / shape.hidden() * table.count() + j % shape.hidden() / table.width();
  }

  private int lane(int j) {
    return j % shape.hidden() % table.width();
  }

  private void packForward(PackedMatrix matrix, int offset) {
    for (int column = 0; column < matrix.columns(); column += LINES_PER_TASK) {
      int from = column;
      int to = Math.min(matrix.columns(), column + LINES_PER_TASK);
      tasks.add(() -> matrix.packColumns(values, offset, from, to));
    }
  }

  private void packBackward(PackedMatrix matrix, int offset) {
    for (int row = 0; row < matrix.depth(); row += LINES_PER_TASK) {
      int from = row;
      int to = Math.min(matrix.depth(), row + LINES_PER_TASK);
      tasks.add(() -> matrix.packRows(values, offset, matrix.columns(), from, to));
    }
  }
}
