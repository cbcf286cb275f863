package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;
import static org.levin.engine.cpu.vector.VectorTile.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * The product of a single row, which is bound by the reading of B: several strips at once are
 * chains enough to hide the latency of a multiply-add.
 */
final class VectorRow {
  /** Strips that {@link #four} takes at once. */
  static final int STRIPS = 4;

  private VectorRow() {}

  /**
   * {@code c += a·B} for one row and {@link #STRIPS} strips.
   *
   * @param a row {@code [depth]}, values {@code aStep} apart
   * @param b strips, each {@code [depth,WIDTH]}, {@code bStride} apart
   * @param c a line of as many strips, {@code cStride} apart; modified
   */
  static void four(
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride,
      int depth) {
    int b1 = bOffset + bStride;
    int b2 = b1 + bStride;
    int b3 = b2 + bStride;
    int l1 = cOffset + cStride;
    int l2 = l1 + cStride;
    int l3 = l2 + cStride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, l1);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, l1 + LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, l2);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, l2 + LANES);
    FloatVector c6 = FloatVector.fromArray(SPECIES, c, l3);
    FloatVector c7 = FloatVector.fromArray(SPECIES, c, l3 + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + k * aStep]);
      int line = k * WIDTH;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + line), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + line + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + line), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + line + LANES), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + line), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + line + LANES), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + line), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + line + LANES), c7);
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + LANES);
    c2.intoArray(c, l1);
    c3.intoArray(c, l1 + LANES);
    c4.intoArray(c, l2);
    c5.intoArray(c, l2 + LANES);
    c6.intoArray(c, l3);
    c7.intoArray(c, l3 + LANES);
  }

  /** The same for one strip. */
  static void one(
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int depth) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + k * aStep]);
      int line = k * WIDTH;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + line), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + line + LANES), c1);
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + LANES);
  }
}
