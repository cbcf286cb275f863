package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;

/**
 * The network backward in time, for a range of rows: from the gradient of the logits to those of
 * all pre-activations, which overwrite the gates. The state that entered is a constant (truncated
 * back-propagation through time).
 */
final class BackwardPass {
  private final NetworkShape shape;
  private final Kernels kernels;
  private final PackedWeights weights;
  private final MatrixProduct product;

  /** {@code [L][rows,H]}: what comes back from the next step. */
  private final float[][] dHidden;

  private final float[][] dCell;

  /** {@code [rows,H]}: what comes down from the layer above. */
  private final float[] dAbove;

  BackwardPass(
      NetworkShape shape, Kernels kernels, PackedWeights weights, int rows, MatrixProduct product) {
    this.shape = shape;
    this.kernels = kernels;
    this.weights = weights;
    this.product = product;
    dHidden = new float[shape.layers()][rows * shape.hidden()];
    dCell = new float[shape.layers()][rows * shape.hidden()];
    dAbove = new float[rows * shape.hidden()];
  }

  /** Runs all steps of {@code a}, whose logits have been replaced by their gradient. */
  void run(Activations a, RowRange range) {
    int hidden = shape.hidden();
    int gates = shape.gates();
    int rows = range.count();
    for (int layer = 0; layer < shape.layers(); layer++) {
      Arrays.fill(dHidden[layer], 0);
      Arrays.fill(dCell[layer], 0);
    }
    for (int t = a.steps - 1; t >= 0; t--) {
      int first = t * a.rows + range.from();
      Arrays.fill(dAbove, 0);
      int vocabulary = shape.vocabulary();
      product.add(
          a.logits, first * vocabulary, vocabulary, rows, weights.outputBack, dAbove, 0, hidden);
      for (int layer = shape.layers() - 1; layer >= 0; layer--) {
        layer(a, first, rows, layer);
        Arrays.fill(dHidden[layer], 0);
        float[] dGates = a.gates[layer];
        if (t > 0) {
          product.add(
              dGates,
              first * gates,
              gates,
              rows,
              weights.recurrentBack[layer],
              dHidden[layer],
              0,
              hidden);
        }
        if (layer > 0) {
          Arrays.fill(dAbove, 0);
          product.add(
              dGates, first * gates, gates, rows, weights.inputBack[layer], dAbove, 0, hidden);
        }
      }
    }
  }

  private void layer(Activations a, int first, int rows, int layer) {
    int hidden = shape.hidden();
    if (a.dropout()) {
      float[] mask = a.masks[layer];
      for (int i = 0; i < rows * hidden; i++) {
        dAbove[i] *= mask[first * hidden + i];
      }
    }
    float[] c = a.cells[layer];
    int previous = first * hidden;
    int next = (first + a.rows) * hidden;
    kernels
        .cell()
        .backward(
            a.gates[layer],
            first * shape.gates(),
            c,
            previous,
            c,
            next,
            dAbove,
            0,
            dHidden[layer],
            0,
            dCell[layer],
            0,
            rows,
            hidden);
  }
}
