package org.levin.engine.cpu;

import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The network forward in time, for a range of rows: step by step through all layers, from ids to
 * logits. A strip of units is taken through its four gates and the cell while it is in the cache.
 *
 * <p>The order of every sum: both biases, then the input's terms, then the hidden state's.
 */
final class ForwardPass {
  private final NetworkShape shape;
  private final Kernels kernels;
  private final MatrixProduct product;
  private final RowRange range;

  /** The hidden states of the step before, one for each layer, and of this step. */
  private final PackedRows[] previous;

  private final PackedRows[] next;

  /** One line for all rows. */
  private final int[] same;

  /** The outputs after dropout. */
  private final PackedRows[] dropped;

  ForwardPass(NetworkShape shape, Kernels kernels, RowRange range) {
    this.shape = shape;
    this.kernels = kernels;
    this.product = kernels.product();
    this.range = range;
    previous = packed();
    next = packed();
    dropped = packed();
    same = new int[range.count()];
  }

  private PackedRows[] packed() {
    PackedRows[] layers = new PackedRows[shape.layers()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new PackedRows(range.count(), shape.hidden());
    }
    return layers;
  }

  /** Runs {@code steps} steps without dropout. */
  void run(PackedWeights weights, Activations a, int steps) {
    enter(a);
    for (int t = 0; t < steps; t++) {
      PackedRows below = null;
      for (int layer = 0; layer < shape.layers(); layer++) {
        layer(weights, a, t, layer, below);
        below = previous[layer];
      }
      logits(weights, a, t, below);
    }
  }

  /** Runs all steps of {@code a} with dropout. */
  void run(PackedWeights weights, Activations a, Dropout dropout) {
    enter(a);
    for (int t = 0; t < a.steps; t++) {
      PackedRows below = null;
      for (int layer = 0; layer < shape.layers(); layer++) {
        layer(weights, a, t, layer, below);
        dropout.apply(a, range, t, layer);
        below = dropped[layer];
        pack(below, a.dropped[layer], a.units, t * a.rows + range.from());
      }
      logits(weights, a, t, below);
    }
  }

  private void enter(Activations a) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      pack(previous[layer], a.hiddens[layer], a.states, range.from());
    }
  }

  private void layer(PackedWeights weights, Activations a, int t, int layer, PackedRows below) {
    int first = t * a.rows + range.from();
    float[] gates = a.gates[layer];
    float[] cells = a.cells[layer];
    float[] hiddens = a.hiddens[layer];
    int strips = a.units.count();
    int stride = a.gateStride();
    for (int strip = 0; strip < strips; strip++) {
      int at = a.units.offset(strip, first);
      for (int gate = 0; gate < NetworkShape.GATES; gate++) {
        start(weights, a, layer, gate * strips + strip, first, at + gate * stride);
      }
      if (layer > 0) {
        product.add(
            below, weights.input[layer], strip, strips, NetworkShape.GATES, gates, at, stride);
      }
      product.add(
          previous[layer],
          weights.recurrent[layer],
          strip,
          strips,
          NetworkShape.GATES,
          gates,
          at,
          stride);
      int before = a.states.offset(strip, first);
      int after = a.states.offset(strip, first + a.rows);
      int count = range.count() * a.units.width();
      kernels.cell().forward(gates, at, stride, cells, before, cells, after, hiddens, after, count);
      pack(next[layer], hiddens, a.states, first + a.rows, strip);
    }
    PackedRows entered = previous[layer];
    previous[layer] = next[layer];
    next[layer] = entered;
  }

  /** What a strip's pre-activations begin with. */
  private void start(
      PackedWeights weights, Activations a, int layer, int gateStrip, int first, int at) {
    int width = a.units.width();
    float[] gates = a.gates[layer];
    if (layer == 0) {
      int lines = weights.table.offset(gateStrip, 0);
      kernels.gather(weights.inputTable, lines, a.inputs, first, range.count(), width, gates, at);
    } else {
      int line = gateStrip * width;
      kernels.gather(weights.biases[layer], line, same, 0, range.count(), width, gates, at);
    }
  }

  private void logits(PackedWeights weights, Activations a, int t, PackedRows below) {
    int first = t * a.rows + range.from();
    Strips symbols = a.symbols;
    for (int line = first; line < first + range.count(); line++) {
      symbols.put(weights.outputBias, 0, a.logits, line);
    }
    product.add(
        below,
        weights.output,
        0,
        1,
        symbols.count(),
        a.logits,
        symbols.offset(0, first),
        symbols.stride());
  }

  private void pack(PackedRows target, float[] source, Strips strips, int line) {
    for (int strip = 0; strip < strips.count(); strip++) {
      pack(target, source, strips, line, strip);
    }
  }

  private static void pack(PackedRows target, float[] source, Strips strips, int line, int strip) {
    int count = strips.columns(strip);
    for (int row = 0; row < target.rows(); row++) {
      int offset = strips.offset(strip, line + row);
      target.pack(row, strips.firstColumn(strip), count, source, offset, 1);
    }
  }
}
