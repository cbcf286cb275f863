package org.levin.engine.cpu.plain;

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
  public PackedMatrix matrix(int depth, int columns) {
    return new RowMatrix(depth, columns);
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
