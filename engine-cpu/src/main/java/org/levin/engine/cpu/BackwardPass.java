package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The network backward in time, for a range of rows: from the gradient of the logits to those of
 * all pre-activations, which overwrite the gates. The state that entered is a constant (truncated
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

  /** {@code [rows,H]}, as all that follow. */
  private final Strips units;

  /** What comes back from the next step, for each layer. */
  private final float[][] dHidden;

  private final float[][] dCell;

  /** What comes down from the layer above. */
  private final float[] dAbove;

  private final PackedRows dLogits;
  private final PackedRows[] dGates;
  private final Workers.Task logitsPart = this::logits;
  private final Workers.Task layerPart = this::layer;

  // Of the run under way:
  private Activations a;
  private int t;
  private int layer;

  /** Makes the pass of a range of rows, whose strips are divided into {@code parts}. */
  BackwardPass(
      NetworkShape shape,
      Kernels kernels,
      Workers workers,
      PackedWeights weights,
      RowRange range,
      int parts) {
    this.shape = shape;
    this.kernels = kernels;
    this.weights = weights;
    this.workers = workers;
    this.range = range;
    products = new MatrixProduct[parts];
    Arrays.setAll(products, i -> kernels.product());
    units = new Strips(range.count(), shape.hidden(), shape.unitWidth());
    int size = Math.toIntExact(units.size());
    dHidden = new float[shape.layers()][size];
    dCell = new float[shape.layers()][size];
    dAbove = new float[size];
    dLogits = new PackedRows(range.count(), shape.vocabulary());
    dGates = new PackedRows[shape.layers()];
    Arrays.setAll(dGates, i -> new PackedRows(range.count(), shape.gates()));
  }

  /** Runs all steps of {@code a}, whose logits have been replaced by their gradient. */
  void run(Activations a) {
    this.a = a;
    for (int layer = 0; layer < shape.layers(); layer++) {
      Arrays.fill(dHidden[layer], 0);
      Arrays.fill(dCell[layer], 0);
    }
    for (t = a.steps - 1; t >= 0; t--) {
      workers.run(products.length, logitsPart);
      for (layer = shape.layers() - 1; layer >= 0; layer--) {
        workers.run(products.length, layerPart);
      }
    }
  }

  /**
   * Brings layer 0 back from the step after, and packs the gradient of this step's logits.
   *
   * <p>Between two meetings of the threads nothing is both packed and multiplied: a layer's
   * gradients are packed in its turn, and multiplied in the next.
   */
  private void logits(int part, int worker) {
    if (t < a.steps - 1) {
      multiply(part, dGates[0], weights.recurrentBack[0], dHidden[0]);
    }
    int first = t * a.rows + range.from();
    int count = a.symbols.count();
    for (int strip = first(part, count); strip < first(part + 1, count); strip++) {
      int column = a.symbols.firstColumn(strip);
      pack(dLogits, column, a.logits, a.symbols, a.symbols.offset(strip, first), strip);
    }
  }

  /** Brings down what lies above a layer, and takes the layer through its cell. */
  private void layer(int part, int worker) {
    int above = layer + 1;
    if (above == shape.layers()) {
      multiply(part, dLogits, weights.outputBack, dAbove);
    } else {
      multiply(part, dGates[above], weights.inputBack[above], dAbove);
      if (t > 0) {
        multiply(part, dGates[above], weights.recurrentBack[above], dHidden[above]);
      }
    }
    for (int strip = first(part, units.count()); strip < first(part + 1, units.count()); strip++) {
      cell(strip);
    }
  }

  /** Overwrites a part of {@code result}. */
  private void multiply(int part, PackedRows left, PackedMatrix right, float[] result) {
    int from = first(part, units.count());
    int to = first(part + 1, units.count());
    Arrays.fill(result, from * units.stride(), to * units.stride(), 0);
    products[part].add(
        left, right, from, 1, to - from, result, units.offset(from, 0), units.stride());
  }

  private void cell(int strip) {
    int first = t * a.rows + range.from();
    int at = a.units.offset(strip, first);
    int own = units.offset(strip, 0);
    float[] gates = a.gates[layer];
    float[] cells = a.cells[layer];
    if (a.dropout()) {
      kernels.multiply(a.masks[layer], at, dAbove, own, dAbove, own, units.stride());
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
            dAbove,
            dHidden[layer],
            dCell[layer],
            own,
            units.stride());
    for (int gate = 0; gate < NetworkShape.GATES; gate++) {
      int column = gate * shape.hidden() + units.firstColumn(strip);
      pack(dGates[layer], column, gates, a.units, at + gate * a.gateStride(), strip);
    }
  }

  private int first(int part, int strips) {
    return strips * part / products.length;
  }

  /** Packs the lines of a strip, from {@code offset} on, as the columns from {@code column} on. */
  private static void pack(
      PackedRows target, int column, float[] source, Strips strips, int offset, int strip) {
    for (int row = 0; row < target.rows(); row++) {
      int line = offset + row * strips.width();
      target.pack(row, column, strips.columns(strip), source, line, 1);
    }
  }
}
