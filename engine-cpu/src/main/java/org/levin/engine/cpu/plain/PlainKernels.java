package org.levin.engine.cpu.plain;

import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.AdamFactors;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.LstmCell;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;

/** The plain-Java twin: runs everywhere, and gives the bits of the vector kernels. */
public final class PlainKernels implements Kernels {
  private final LstmCell cell = new PlainCell();

  @Override
  public String description() {
    return "plain Java";
  }

  @Override
  public int stripWidth(int columns) {
    return RowMatrix.stripWidth(columns);
  }

  @Override
  public PackedMatrix matrix(int depth, int segments, int columns) {
    return new RowMatrix(depth, segments, columns);
  }

  @Override
  public MatrixProduct product() {
    return new RowProduct();
  }

  @Override
  public LstmCell cell() {
    return cell;
  }

  @Override
  public void exponentials(float[] x, int offset, int count, float shift) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = PlainMath.exp(x[i] - shift);
    }
  }

  @Override
  public void multiply(
      float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int count) {
    for (int i = 0; i < count; i++) {
      z[zOffset + i] = x[xOffset + i] * y[yOffset + i];
    }
  }

  @Override
  public void gather(
      float[] table,
      int offset,
      int[] lines,
      int from,
      int count,
      int width,
      float[] target,
      int at) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(table, offset + lines[from + i] * width, target, at + i * width, width);
    }
  }

  @Override
  public void dropout(
      TrainingStep step,
      DropoutMask mask,
      int layer,
      int row,
      long position,
      float[] factors,
      int offset,
      int count) {
    mask.fill(layer, row, position, factors, offset, count);
  }

  @Override
  public void adam(
      float[] weights,
      float[] first,
      float[] second,
      float[] gradients,
      int from,
      int to,
      AdamFactors factors) {
    PlainAdam.update(weights, first, second, gradients, from, to, factors);
  }
}
