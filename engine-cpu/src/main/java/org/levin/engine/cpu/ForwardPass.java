package org.levin.engine.cpu;

import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;

/**
 * The network forward in time, for a range of rows: step by step through all layers, from ids to
 * logits.
 *
 * <p>The order of every sum: both biases, then the input's terms, then the hidden state's.
 */
final class ForwardPass {
  private final NetworkShape shape;
  private final Kernels kernels;
  private final PackedWeights weights;

  ForwardPass(NetworkShape shape, Kernels kernels, PackedWeights weights) {
    this.shape = shape;
    this.kernels = kernels;
    this.weights = weights;
  }

  /** Runs {@code steps} steps without dropout. */
  void run(Activations a, RowRange range, int steps, MatrixProduct product) {
    for (int t = 0; t < steps; t++) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        layer(a, range, t, layer, product);
      }
      logits(a, range, t, product);
    }
  }

  /** Runs all steps of {@code a}; with dropout if it has room for masks. */
  void run(Activations a, RowRange range, TrainingStep step, MatrixProduct product) {
    if (!a.dropout()) {
      run(a, range, a.steps, product);
      return;
    }
    Dropout dropout = new Dropout(step, shape.hidden());
    for (int t = 0; t < a.steps; t++) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        layer(a, range, t, layer, product);
        dropout.apply(a, range, t, layer);
      }
      logits(a, range, t, product);
    }
  }

  private void layer(Activations a, RowRange range, int t, int layer, MatrixProduct product) {
    int hidden = shape.hidden();
    int gates = shape.gates();
    int first = t * a.rows + range.from();
    float[] target = a.gates[layer];
    for (int r = 0; r < range.count(); r++) {
      float[] start = layer == 0 ? weights.inputTable : weights.biases[layer];
      int offset = layer == 0 ? a.inputs[first + r] * gates : 0;
      System.arraycopy(start, offset, target, (first + r) * gates, gates);
    }
    if (layer > 0) {
      int below = a.outputOffset(hidden) + first * hidden;
      product.add(
          a.output(layer - 1),
          below,
          hidden,
          range.count(),
          weights.input[layer],
          target,
          first * gates,
          gates);
    }
    float[] h = a.hiddens[layer];
    product.add(
        h,
        first * hidden,
        hidden,
        range.count(),
        weights.recurrent[layer],
        target,
        first * gates,
        gates);
    float[] c = a.cells[layer];
    int previous = first * hidden;
    int next = (first + a.rows) * hidden;
    kernels
        .cell()
        .forward(target, first * gates, c, previous, c, next, h, next, range.count(), hidden);
  }

  private void logits(Activations a, RowRange range, int t, MatrixProduct product) {
    int hidden = shape.hidden();
    int vocabulary = shape.vocabulary();
    int first = t * a.rows + range.from();
    for (int row = first; row < first + range.count(); row++) {
      System.arraycopy(weights.outputBias, 0, a.logits, row * vocabulary, vocabulary);
    }
    int below = a.outputOffset(hidden) + first * hidden;
    product.add(
        a.output(shape.layers() - 1),
        below,
        hidden,
        range.count(),
        weights.output,
        a.logits,
        first * vocabulary,
        vocabulary);
  }
}
