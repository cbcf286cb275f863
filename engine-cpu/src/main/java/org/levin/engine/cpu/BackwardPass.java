package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The network backward in time, for a range of rows: from the gradient of the logits to those of
 * all pre-activations, which overwrite the gates. As in the {@link ForwardPass}, some steps go
 * through a layer, then through the layer below. The state that entered is a constant (truncated
 * back-propagation through time).
 */
final class BackwardPass {
  private final NetworkShape shape;
  private final Kernels kernels;
  private final PackedWeights weights;
  private final Workers workers;
  private final RowRange range;

  /** For each part of the strips that a thread of its own takes. */
  private final MatrixProduct[] products;

  /** {@code [rows,H]}. */
  private final Strips units;

  /** What comes back from the next step, for each layer. */
  private final float[][] dHidden;

  private final float[][] dCell;

  /** What comes down from the layer above, for each of the steps in hand. */
  private final float[][] dAbove;

  /** For each of the steps in hand, of the layer in hand or, before it, of that above. */
  private final PackedRows[] dLogits;

  private final PackedRows[] dGates;
  private final Workers.Task logitsPart = this::logits;
  private final Workers.Task abovePart = this::above;
  private final Workers.Task layerPart = this::layer;

  // Of the run under way:
  private Activations a;
  private int layer;

  /** The steps in hand are those from here on. */
  private int from;

  private int count;

  /** One of them. */
  private int t;

  /** Makes the pass of a range of rows, divided as {@code division} says. */
  BackwardPass(
      NetworkShape shape,
      Kernels kernels,
      Workers workers,
      PackedWeights weights,
      RowRange range,
      WorkDivision division) {
    this.shape = shape;
    this.kernels = kernels;
    this.weights = weights;
    this.workers = workers;
    this.range = range;
    products = new MatrixProduct[division.parts()];
    Arrays.setAll(products, i -> kernels.product());
    units = new Strips(range.count(), shape.hidden(), shape.unitWidth());
    int size = Math.toIntExact(units.size());
    dHidden = new float[shape.layers()][size];
    dCell = new float[shape.layers()][size];
    dAbove = new float[division.steps()][size];
    dLogits = packed(division.steps(), shape.vocabulary());
    dGates = packed(division.steps(), shape.gates());
  }

  private PackedRows[] packed(int steps, int depth) {
    PackedRows[] packed = new PackedRows[steps];
    Arrays.setAll(packed, i -> new PackedRows(range.count(), depth));
    return packed;
  }

  /** Runs all steps of {@code a}, whose logits have been replaced by their gradient. */
  void run(Activations a) {
    this.a = a;
    for (int layer = 0; layer < shape.layers(); layer++) {
      Arrays.fill(dHidden[layer], 0);
      Arrays.fill(dCell[layer], 0);
    }
    for (int end = a.steps; end > 0; end = from) {
      count = Math.min(dAbove.length, end);
      from = end - count;
      workers.run(products.length, logitsPart);
      for (layer = shape.layers() - 1; layer >= 0; layer--) {
        workers.run(products.length, abovePart);
        for (t = end - 1; t >= from; t--) {
          workers.run(products.length, layerPart);
        }
      }
    }
  }

  /**
   * Packs the gradients of the logits of the steps in hand, and brings layer 0 back to them.
   *
   * <p>Between two meetings of the threads nothing is both packed and multiplied.
   */
  private void logits(int part, int worker) {
    if (from + count < a.steps) {
      multiply(part, dGates[0], weights.recurrentBack[0], dHidden[0]);
    }
    Strips symbols = a.symbols;
    int end = symbols.first(part + 1, products.length);
    for (int strip = symbols.first(part, products.length); strip < end; strip++) {
      for (int i = 0; i < count; i++) {
        symbols.pack(a.logits, symbols.offset(strip, line(from + i)), strip, dLogits[i], 0);
      }
    }
  }

  /** Brings down what lies above a layer; what lies above is then done with these steps. */
  private void above(int part, int worker) {
    int above = layer + 1;
    boolean top = above == shape.layers();
    PackedMatrix right = top ? weights.outputBack : weights.inputBack[above];
    for (int i = 0; i < count; i++) {
      multiply(part, top ? dLogits[i] : dGates[i], right, dAbove[i]);
    }
    if (!top && from > 0) {
      multiply(part, dGates[0], weights.recurrentBack[above], dHidden[above]);
    }
  }

  /** Takes a part of a layer's units back through one step; the step after is done. */
  private void layer(int part, int worker) {
    int index = t - from;
    if (index < count - 1) {
      multiply(part, dGates[index + 1], weights.recurrentBack[layer], dHidden[layer]);
    }
    int end = units.first(part + 1, products.length);
    for (int strip = units.first(part, products.length); strip < end; strip++) {
      cell(strip, dAbove[index], dGates[index]);
    }
  }

  /** Overwrites a part of {@code result}. */
  private void multiply(int part, PackedRows left, PackedMatrix right, float[] result) {
    int from = units.first(part, products.length);
    int to = units.first(part + 1, products.length);
    Arrays.fill(result, from * units.stride(), to * units.stride(), 0);
    products[part].add(
        left, right, from, 1, to - from, result, units.offset(from, 0), units.stride());
  }

  private void cell(int strip, float[] dOutput, PackedRows packed) {
    int first = line(t);
    int at = a.units.offset(strip, first);
    int own = units.offset(strip, 0);
    float[] gates = a.gates[layer];
    float[] cells = a.cells[layer];
    if (a.dropout()) {
      kernels.multiply(a.masks[layer], at, dOutput, own, dOutput, own, units.stride());
    }
    kernels
        .cell()
        .backward(
            gates,
            at,
            a.gateStride(),
            cells,
            a.states.offset(strip, first),
            cells,
            a.states.offset(strip, first + a.rows),
            dOutput,
            dHidden[layer],
            dCell[layer],
            own,
            units.stride());
    for (int gate = 0; gate < NetworkShape.GATES; gate++) {
      int offset = at + gate * a.gateStride();
      a.units.pack(gates, offset, strip, packed, gate * shape.hidden());
    }
  }

  /** The line of the range's first row at a step. */
  private int line(int step) {
    return step * a.rows + range.from();
  }
}
