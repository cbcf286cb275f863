package org.levin.engine.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The gradients of all weights and biases: sums over all tokens {@code t·B + b} in increasing
 * order, once the backward pass has left the gradients of the pre-activations. Threads divide the
 * output, never a sum.
 */
final class WeightGradients {
  /**
   * Units of the layer below that one part takes at most: what they read is all gradients of a
   * layer, from memory, so they are as many as stay in the second cache for some tokens.
   */
  private static final int MOST_UNITS = 44 * PackedRows.PANEL_ROWS;

  /** And at least, where there are threads enough. */
  private static final int LEAST_UNITS = 4 * PackedRows.PANEL_ROWS;

  private final NetworkShape shape;
  private final Workers workers;
  private final Activations a;
  private final WeightBlock[] blocks;
  private final BiasSums[] sums;

  /** The largest first, so that the threads end together. */
  private final List<Part> parts = new ArrayList<>();

  private final Workers.Task task = this::run;
  private float[] gradients;

  /** A part of the gradients, computed by one thread. */
  @FunctionalInterface
  private interface Part {
    void run(int worker);
  }

  WeightGradients(NetworkShape shape, Kernels kernels, Workers workers, Activations a) {
    this.shape = shape;
    this.workers = workers;
    this.a = a;
    blocks = new WeightBlock[workers.threads()];
    Arrays.setAll(blocks, i -> new WeightBlock(kernels));
    sums = new BiasSums[workers.threads()];
    Arrays.setAll(sums, i -> new BiasSums());
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      addGateWeights(layer);
    }
    addOutputWeights();
    for (int layer = 0; layer < shape.layers(); layer++) {
      addGateBiases(layer);
    }
    parts.add(worker -> sums[worker].sum(a.logits, a.symbols, 0, gradients, shape.outputBias()));
  }

  /** Overwrites {@code gradients} with those of every parameter. */
  void run(float[] gradients) {
    this.gradients = gradients;
    workers.run(parts.size(), task);
  }

  private void run(int index, int worker) {
    parts.get(index).run(worker);
  }

  private void addGateWeights(int layer) {
    float[] gates = a.gates[layer];
    int segments = NetworkShape.GATES;
    WeightBlock.Left previous = new WeightBlock.Left(a.hiddens[layer], a.states, 0);
    WeightBlock.Right right = new WeightBlock.Right(gates, a.units, segments);
    addWeights(previous, right, shape.recurrentWeight(layer));
    if (layer > 0) {
      addWeights(output(layer - 1), right, shape.inputWeight(layer));
    }
  }

  private void addOutputWeights() {
    WeightBlock.Right right = new WeightBlock.Right(a.logits, a.symbols, 1);
    addWeights(output(shape.layers() - 1), right, shape.outputWeight());
  }

  private WeightBlock.Left output(int layer) {
    return new WeightBlock.Left(a.output(layer), a.outputStrips(), a.outputLine(0));
  }

  private void addWeights(WeightBlock.Left left, WeightBlock.Right right, int weight) {
    int count =
        Math.max(
            Math.ceilDiv(shape.hidden(), MOST_UNITS),
            Math.min(workers.threads(), Math.ceilDiv(shape.hidden(), LEAST_UNITS)));
    for (int i = 0; i < count; i++) {
      int first = shape.hidden() * i / count;
      int end = shape.hidden() * (i + 1) / count;
      parts.add(
          worker -> {
            blocks[worker].multiply(left, first, end, right);
            blocks[worker].store(gradients, weight, shape.hidden());
          });
    }
  }

  private void addGateBiases(int layer) {
    for (int gate = 0; gate < NetworkShape.GATES; gate++) {
      int strip = gate * a.units.count();
      int first = gate * shape.hidden();
      parts.add(
          worker -> {
            int bias = shape.inputBias(layer) + first;
            sums[worker].sum(a.gates[layer], a.units, strip, gradients, bias);
            System.arraycopy(
                gradients, bias, gradients, shape.recurrentBias(layer) + first, shape.hidden());
            if (layer == 0) {
              int weight = shape.inputWeight(0) + first * shape.vocabulary();
              sums[worker].sumBySymbol(a, strip, shape.vocabulary(), gradients, weight);
            }
          });
    }
  }
}
