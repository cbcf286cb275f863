package org.levin.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;
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
  public int stripWidth(int columns) {
    return VectorTile.WIDTH;
  }

  @Override
  public PackedMatrix matrix(int depth, int segments, int columns) {
    return new PanelMatrix(depth, segments, columns);
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
  public void multiply(
      float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector.fromArray(SPECIES, x, xOffset + i)
          .mul(FloatVector.fromArray(SPECIES, y, yOffset + i))
          .intoArray(z, zOffset + i);
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
      int source = offset + lines[from + i] * width;
      for (int lane = 0; lane < width; lane += LANES) {
        FloatVector.fromArray(SPECIES, table, source + lane)
            .intoArray(target, at + i * width + lane);
      }
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
    if (count == VectorDropout.UNITS && position % VectorDropout.WORDS == 0) {
      VectorDropout.fill(
          step, mask.threshold(), mask.scale(), layer, row, position, factors, offset);
    } else {
      mask.fill(layer, row, position, factors, offset, count);
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
    VectorAdam.update(weights, first, second, gradients, from, to, factors);
  }
}
