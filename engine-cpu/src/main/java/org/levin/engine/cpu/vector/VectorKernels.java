package org.levin.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.levin.engine.cpu.kernel.AdamFactors;
import org.levin.engine.cpu.kernel.Kernels;

/** The kernels on the JDK's Vector API, at the width that the processor prefers. */
public final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  @Override
  public String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + "-bit";
  }

  @Override
  public int panelWidth() {
    return VectorTile.WIDTH;
  }

  @Override
  public void tile(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      int depth) {
    VectorTile.tile(a, aOffset, b, bOffset, c, cOffset, cStride, depth);
  }

  @Override
  public void row(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int depth) {
    VectorTile.row(a, aOffset, b, bOffset, bStride, c, cOffset, depth);
  }

  @Override
  public void cellForward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] hidden,
      int hiddenOffset,
      int rows,
      int size) {
    VectorCell.forward(
        gates,
        gatesOffset,
        previousCell,
        previousOffset,
        cell,
        cellOffset,
        hidden,
        hiddenOffset,
        rows,
        size);
  }

  @Override
  public void cellBackward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] dAbove,
      int aboveOffset,
      float[] dHidden,
      int hiddenOffset,
      float[] dCell,
      int dCellOffset,
      int rows,
      int size) {
    VectorCell.backward(
        gates,
        gatesOffset,
        previousCell,
        previousOffset,
        cell,
        cellOffset,
        dAbove,
        aboveOffset,
        dHidden,
        hiddenOffset,
        dCell,
        dCellOffset,
        rows,
        size);
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
