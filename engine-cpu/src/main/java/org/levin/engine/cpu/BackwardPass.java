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
  private final MatrixProduct product;
  private final RowRange range;

  /** {@code [rows,H]}, as all that follow. */
  private final Strips units;

  /** What comes back from the next step, for each layer. */
  private final float[][] dHidden;

  private final float[][] dCell;

  /** What comes down from the layer above. */
  private final float[] dAbove;

  private final PackedRows dLogits;
  private final PackedRows dGates;

  BackwardPass(NetworkShape shape, Kernels kernels, PackedWeights weights, RowRange range) {
    this.shape = shape;
    this.kernels = kernels;
    this.weights = weights;
    this.product = kernels.product();
    this.range = range;
    units = new Strips(range.count(), shape.hidden(), shape.unitWidth());
    int size = Math.toIntExact(units.size());
    dHidden = new float[shape.layers()][size];
    dCell = new float[shape.layers()][size];
    dAbove = new float[size];
    dLogits = new PackedRows(range.count(), shape.vocabulary());
    dGates = new PackedRows(range.count(), shape.gates());
  }

  /** Runs all steps of {@code a}, whose logits have been replaced by their gradient. */
  void run(Activations a) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      Arrays.fill(dHidden[layer], 0);
      Arrays.fill(dCell[layer], 0);
    }
    for (int t = a.steps - 1; t >= 0; t--) {
      int first = t * a.rows + range.from();
      for (int strip = 0; strip < a.symbols.count(); strip++) {
        int column = a.symbols.firstColumn(strip);
        pack(dLogits, column, a.logits, a.symbols, a.symbols.offset(strip, first), strip);
      }
      multiply(dLogits, weights.outputBack, dAbove);
      for (int layer = shape.layers() - 1; layer >= 0; layer--) {
        layer(a, first, layer);
        if (t > 0) {
          multiply(dGates, weights.recurrentBack[layer], dHidden[layer]);
        }
        if (layer > 0) {
          multiply(dGates, weights.inputBack[layer], dAbove);
        }
      }
    }
  }

  private void multiply(PackedRows left, PackedMatrix right, float[] result) {
    Arrays.fill(result, 0);
    product.add(left, right, 0, 1, units.count(), result, 0, units.stride());
  }

  private void layer(Activations a, int first, int layer) {
    float[] gates = a.gates[layer];
    float[] cells = a.cells[layer];
    int length = units.stride();
    for (int strip = 0; strip < units.count(); strip++) {
      int at = a.units.offset(strip, first);
      int own = units.offset(strip, 0);
      if (a.dropout()) {
        kernels.multiply(a.masks[layer], at, dAbove, own, dAbove, own, length);
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
              length);
      for (int gate = 0; gate < NetworkShape.GATES; gate++) {
        int column = gate * shape.hidden() + units.firstColumn(strip);
        pack(dGates, column, gates, a.units, at + gate * a.gateStride(), strip);
      }
    }
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
