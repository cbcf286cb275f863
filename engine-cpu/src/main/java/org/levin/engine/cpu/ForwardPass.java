package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.TrainingStep;
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
  private final Workers workers;
  private final RowRange range;

  /** For each part of the strips that a thread of its own takes. */
  private final MatrixProduct[] products;

  /** The hidden states of the step before, one for each layer, and of this step. */
  private final PackedRows[] previous;

  private final PackedRows[] next;

  /** One line for all rows. */
  private final int[] same;

  /** The outputs after dropout. */
  private final PackedRows[] dropped;

  /** What each layer hands upwards: its hidden state, or that after dropout. */
  private final PackedRows[] outputs;

  /** For each part; none where nothing is dropped. */
  private final Dropout[] dropouts;

  private final Workers.Task layerPart = this::layer;
  private final Workers.Task logitsPart = this::logits;

  // Of the run under way:
  private PackedWeights weights;
  private Activations a;
  private int t;
  private int layer;

  /** Makes the pass of a range of rows, whose strips are divided into {@code parts}. */
  ForwardPass(NetworkShape shape, Kernels kernels, Workers workers, RowRange range, int parts) {
    this.shape = shape;
    this.workers = workers;
    this.kernels = kernels;
    this.range = range;
    products = new MatrixProduct[parts];
    Arrays.setAll(products, i -> kernels.product());
    previous = packed();
    next = packed();
    dropped = packed();
    outputs = new PackedRows[shape.layers()];
    same = new int[range.count()];
    dropouts = new Dropout[parts];
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
    this.weights = weights;
    this.a = a;
    enter();
    for (t = 0; t < steps; t++) {
      for (layer = 0; layer < shape.layers(); layer++) {
        workers.run(products.length, layerPart);
        leave();
      }
      workers.run(products.length, logitsPart);
    }
  }

  /** Runs all steps of {@code a}, which has room for masks, with dropout. */
  void run(PackedWeights weights, Activations a, TrainingStep step) {
    Arrays.setAll(dropouts, i -> new Dropout(kernels, step));
    run(weights, a, a.steps);
  }

  /** Takes over the state that enters. */
  private void enter() {
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int strip = 0; strip < a.states.count(); strip++) {
        pack(previous[layer], a.hiddens[layer], a.states, range.from(), strip);
      }
    }
  }

  /** Computes a part of a layer's units; the layer below has been left. */
  private void layer(int part, int worker) {
    int first = t * a.rows + range.from();
    float[] gates = a.gates[layer];
    float[] cells = a.cells[layer];
    float[] hiddens = a.hiddens[layer];
    int strips = a.units.count();
    int stride = a.gateStride();
    MatrixProduct product = products[part];
    for (int strip = first(part, strips); strip < first(part + 1, strips); strip++) {
      int at = a.units.offset(strip, first);
      for (int gate = 0; gate < NetworkShape.GATES; gate++) {
        start(gate * strips + strip, first, at + gate * stride);
      }
      if (layer > 0) {
        product.add(
            outputs[layer - 1],
            weights.input[layer],
            strip,
            strips,
            NetworkShape.GATES,
            gates,
            at,
            stride);
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
      if (a.dropout()) {
        dropouts[part].apply(a, range, t, layer, strip);
        pack(dropped[layer], a.dropped[layer], a.units, first, strip);
      }
    }
  }

  /** Ends a layer of a step, all parts of which have been computed. */
  private void leave() {
    PackedRows entered = previous[layer];
    previous[layer] = next[layer];
    next[layer] = entered;
    outputs[layer] = a.dropout() ? dropped[layer] : previous[layer];
  }

  private int first(int part, int strips) {
    return strips * part / products.length;
  }

  /** What a strip's pre-activations begin with. */
  private void start(int gateStrip, int first, int at) {
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

  /** Computes a part of the logits; the last layer has been left. */
  private void logits(int part, int worker) {
    int first = t * a.rows + range.from();
    Strips symbols = a.symbols;
    int from = first(part, symbols.count());
    int to = first(part + 1, symbols.count());
    for (int strip = from; strip < to; strip++) {
      int line = strip * symbols.width();
      int at = symbols.offset(strip, first);
      kernels.gather(
          weights.outputBias, line, same, 0, range.count(), symbols.width(), a.logits, at);
    }
    products[part].add(
        outputs[shape.layers() - 1],
        weights.output,
        from,
        1,
        to - from,
        a.logits,
        symbols.offset(from, first),
        symbols.stride());
  }

  private static void pack(PackedRows target, float[] source, Strips strips, int line, int strip) {
    int count = strips.columns(strip);
    for (int row = 0; row < target.rows(); row++) {
      int offset = strips.offset(strip, line + row);
      target.pack(row, strips.firstColumn(strip), count, source, offset, 1);
    }
  }
}
