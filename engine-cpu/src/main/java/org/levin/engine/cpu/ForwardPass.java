package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The network forward in time, for a range of rows, from ids to logits: some steps through a layer,
 * then through the next, so that the weights of one layer at a time are what the caches hold. What
 * comes from the layer below is multiplied for all these steps at once; only what comes from the
 * step before has to wait for it. A strip of units, or a few where rows are few, is taken through
 * its four gates and the cell while it is in the first cache.
 *
 * <p>The order of every sum: both biases, then the input's terms, then the hidden state's.
 */
final class ForwardPass {
  /** Values that are many enough for the cell's loops, and few enough for the first cache. */
  private static final int CELL_VALUES = 256;

  private final NetworkShape shape;
  private final Kernels kernels;
  private final Workers workers;
  private final RowRange range;

  /** For each part of the strips that a thread of its own takes. */
  private final MatrixProduct[] products;

  /** For each layer the hidden states of the steps in hand; before them, that which enters. */
  private final PackedRows[][] hidden;

  /** After dropout, what the layer in hand gives to the next: all layers use the same memory. */
  private final PackedRows[] dropped;

  /** Strips that go through the cell at once. */
  private final int group;

  /** One line for all rows. */
  private final int[] same;

  /** For each part; none where nothing is dropped. */
  private final Dropout[] dropouts;

  private final Workers.Task inputPart = this::input;
  private final Workers.Task layerPart = this::layer;
  private final Workers.Task logitsPart = this::logits;

  // Of the run under way:
  private PackedWeights weights;
  private Activations a;
  private int layer;

  /** The steps in hand are those from here on. */
  private int from;

  private int count;

  /** One of them. */
  private int t;

  /** Makes the pass of a range of rows, divided as {@code division} says. */
  ForwardPass(
      NetworkShape shape,
      Kernels kernels,
      Workers workers,
      RowRange range,
      WorkDivision division,
      boolean dropout) {
    this.shape = shape;
    this.workers = workers;
    this.kernels = kernels;
    this.range = range;
    products = new MatrixProduct[division.parts()];
    Arrays.setAll(products, i -> kernels.product());
    hidden = new PackedRows[shape.layers()][];
    Arrays.setAll(hidden, i -> packed(division.steps() + 1));
    dropped = packed(dropout ? division.steps() : 0);
    group = Math.max(1, CELL_VALUES / (range.count() * shape.unitWidth()));
    same = new int[range.count()];
    dropouts = new Dropout[division.parts()];
  }

  private PackedRows[] packed(int steps) {
    PackedRows[] packed = new PackedRows[steps];
    Arrays.setAll(packed, i -> new PackedRows(range.count(), shape.hidden()));
    return packed;
  }

  /** Runs {@code steps} steps without dropout. */
  void run(PackedWeights weights, Activations a, int steps) {
    this.weights = weights;
    this.a = a;
    enter();
    for (from = 0; from < steps; from += count) {
      count = Math.min(hidden[0].length - 1, steps - from);
      for (layer = 0; layer < shape.layers(); layer++) {
        if (layer > 0 && !isInputWithLayer()) {
          workers.run(products.length, inputPart);
        }
        for (t = from; t < from + count; t++) {
          workers.run(products.length, layerPart);
        }
      }
      workers.run(products.length, logitsPart);
      leave();
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
        a.states.pack(
            a.hiddens[layer], a.states.offset(strip, range.from()), strip, hidden[layer][0], 0);
      }
    }
  }

  /**
   * With a single step in hand the threads need not meet between the input's product and the
   * recurrence; unless a layer's dropped output takes the place of the one that is multiplied.
   */
  private boolean isInputWithLayer() {
    return count == 1 && !a.dropout();
  }

  /** Multiplies what comes from the layer below, for all steps in hand. */
  private void input(int part, int worker) {
    int end = a.units.first(part + 1, products.length);
    for (int strip = a.units.first(part, products.length); strip < end; strip++) {
      for (int step = from; step < from + count; step++) {
        input(part, strip, step);
      }
    }
  }

  private void input(int part, int strip, int step) {
    int at = a.units.offset(strip, step * a.rows + range.from());
    for (int gate = 0; gate < NetworkShape.GATES; gate++) {
      int line = (gate * a.units.count() + strip) * a.units.width();
      fill(weights.biases[layer], line, a.units, a.gates[layer], at + gate * a.gateStride());
    }
    multiply(part, output(layer - 1, step), weights.input[layer], strip, at);
  }

  /** Takes the rows of the table that are the one-hot inputs' products. */
  private void look(int strip, int first, int at) {
    for (int gate = 0; gate < NetworkShape.GATES; gate++) {
      int lines = weights.table.offset(gate * a.units.count() + strip, 0);
      kernels.gather(
          weights.inputTable,
          lines,
          a.inputs,
          first,
          range.count(),
          a.units.width(),
          a.gates[0],
          at + gate * a.gateStride());
    }
  }

  /** Puts a line of biases into the lines of a strip. */
  private void fill(float[] biases, int line, Strips strips, float[] target, int at) {
    kernels.gather(biases, line, same, 0, range.count(), strips.width(), target, at);
  }

  private void multiply(int part, PackedRows left, PackedMatrix right, int strip, int at) {
    int strips = a.units.count();
    products[part].add(
        left, right, strip, strips, NetworkShape.GATES, a.gates[layer], at, a.gateStride());
  }

  /** Computes a part of a layer's units at one step; the step before is done. */
  private void layer(int part, int worker) {
    int end = a.units.first(part + 1, products.length);
    for (int strip = a.units.first(part, products.length); strip < end; strip += group) {
      strips(part, strip, Math.min(strip + group, end));
    }
  }

  private void strips(int part, int begin, int end) {
    int first = t * a.rows + range.from();
    float[] gates = a.gates[layer];
    float[] cells = a.cells[layer];
    float[] hiddens = a.hiddens[layer];
    int index = t - from;
    for (int strip = begin; strip < end; strip++) {
      int at = a.units.offset(strip, first);
      if (layer == 0) {
        look(strip, first, at);
      } else if (isInputWithLayer()) {
        input(part, strip, t);
      }
      multiply(part, hidden[layer][index], weights.recurrent[layer], strip, at);
    }
    int before = a.states.offset(begin, first);
    int after = a.states.offset(begin, first + a.rows);
    kernels
        .cell()
        .forward(
            gates,
            a.units.offset(begin, first),
            a.gateStride(),
            cells,
            before,
            cells,
            after,
            hiddens,
            after,
            range.count() * a.units.width(),
            end - begin,
            a.units.stride(),
            a.states.stride());
    for (int strip = begin; strip < end; strip++) {
      int state = a.states.offset(strip, first + a.rows);
      a.states.pack(hiddens, state, strip, hidden[layer][index + 1], 0);
      if (a.dropout()) {
        dropouts[part].apply(a, range, t, layer, strip);
        a.units.pack(a.dropped[layer], a.units.offset(strip, first), strip, dropped[index], 0);
      }
    }
  }

  /** What a layer hands upwards at one of the steps in hand. */
  private PackedRows output(int layer, int step) {
    return a.dropout() ? dropped[step - from] : hidden[layer][step - from + 1];
  }

  /** Computes a part of the logits of all steps in hand. */
  private void logits(int part, int worker) {
    Strips symbols = a.symbols;
    int begin = symbols.first(part, products.length);
    int end = symbols.first(part + 1, products.length);
    for (int step = from; step < from + count; step++) {
      int first = step * a.rows + range.from();
      for (int strip = begin; strip < end; strip++) {
        int at = symbols.offset(strip, first);
        fill(weights.outputBias, strip * symbols.width(), symbols, a.logits, at);
      }
      products[part].add(
          output(shape.layers() - 1, step),
          weights.output,
          begin,
          1,
          end - begin,
          a.logits,
          symbols.offset(begin, first),
          symbols.stride());
    }
  }

  /** The last of the steps in hand is what enters the next ones. */
  private void leave() {
    for (PackedRows[] states : hidden) {
      PackedRows entered = states[0];
      states[0] = states[count];
      states[count] = entered;
    }
  }
}
