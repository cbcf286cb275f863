package org.levin.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.levin.engine.cpu.kernel.AdamFactors;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.LstmCell;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;

/** The kernels on the JDK's Vector API, at the width that the processor prefers. */
public final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private final LstmCell cell = new VectorCell();

  @Override
  public String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + "-bit";
  }

  @Override
  public PackedMatrix matrix(int depth, int columns) {
    return new PanelMatrix(depth, columns);
  }

  @Override
  public MatrixProduct product() {
    return new PanelProduct();
  }

  @Override
  public LstmCell cell() {
    return cell;
  }

  @Override
  public void exponentials(float[] x, int offset, int count, float shift) {
    VectorMath.exponentials(x, offset, x, offset, count, 1f, shift, 0f);
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
    VectorAdam.update(weights, first, second, gradients, from, to, factors);
  }
}
