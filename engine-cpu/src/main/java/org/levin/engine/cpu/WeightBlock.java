package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedRows;

/**
 * The gradient of some columns of a weight matrix, computed transposed: its rows are units of the
 * layer below, packed as they are needed, and its columns the strips in which the gradients of the
 * pre-activations lie already. Scratch memory of one thread.
 */
final class WeightBlock {
  /** Tokens at a time. */
  private static final int DEPTH = 256;

  private final MatrixProduct product;
  private final PackedRows rows = new PackedRows(1, 1);

  /** Strips {@code [units,width]}. */
  private float[] result = new float[0];

  private Right right;
  private int first;
  private int units;

  /** What the layer below handed up: the line of token 0, and the others behind it. */
  record Left(float[] values, Strips strips, int line) {}

  /** Gradients of pre-activations, token by token, in strips of several segments. */
  record Right(float[] values, Strips strips, int segments) {
    int count() {
      return segments * strips.count();
    }
  }

  WeightBlock(Kernels kernels) {
    product = kernels.product();
  }

  /** Computes the gradient of the weights of the units {@code [first,end)} of the layer below. */
  void multiply(Left left, int first, int end, Right right) {
    this.right = right;
    this.first = first;
    units = end - first;
    Strips strips = right.strips();
    int size = right.count() * units * strips.width();
    if (result.length < size) {
      result = new float[size];
    } else {
      Arrays.fill(result, 0, size, 0);
    }
    for (int token = 0; token < strips.lines(); token += DEPTH) {
      rows.shape(units, Math.min(DEPTH, strips.lines() - token));
      pack(left, token);
      product.add(
          rows,
          right.values(),
          strips.offset(0, token),
          strips.stride(),
          strips.width(),
          right.count(),
          result,
          0,
          units * strips.width());
    }
  }

  private void pack(Left left, int token) {
    int width = left.strips().width();
    for (int row = 0; row < units; row++) {
      int strip = (first + row) / width;
      int lane = (first + row) % width;
      int source = left.strips().offset(strip, left.line() + token) + lane;
      rows.pack(row, 0, rows.depth(), left.values(), source, width);
    }
  }

  /** Copies the result to its columns of a weight matrix {@code [.,columns]}. */
  void store(float[] gradients, int weight, int columns) {
    Strips strips = right.strips();
    int width = strips.width();
    for (int strip = 0; strip < right.count(); strip++) {
      int segment = strip / strips.count();
      int own = strip % strips.count();
      int row = segment * strips.columns() + strips.firstColumn(own);
      for (int lane = 0; lane < strips.columns(own); lane++) {
        int target = weight + (row + lane) * columns + first;
        int source = strip * units * width + lane;
        for (int unit = 0; unit < units; unit++) {
          gradients[target + unit] = result[source + unit * width];
        }
      }
    }
  }
}
