package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.levin.engine.cpu.plain.PlainMath;

/** {@link PlainMath}, operation by operation, on vectors. */
final class VectorMath {
  static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  static final FloatVector TWO = FloatVector.broadcast(SPECIES, 2f);

  private static final FloatVector EXP_MIN = FloatVector.broadcast(SPECIES, PlainMath.EXP_MIN);
  private static final FloatVector EXP_MAX = FloatVector.broadcast(SPECIES, PlainMath.EXP_MAX);
  private static final FloatVector LOG2_E = FloatVector.broadcast(SPECIES, PlainMath.LOG2_E);
  private static final FloatVector ROUNDER = FloatVector.broadcast(SPECIES, PlainMath.ROUNDER);
  private static final FloatVector MINUS_LN2_HIGH =
      FloatVector.broadcast(SPECIES, PlainMath.MINUS_LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW =
      FloatVector.broadcast(SPECIES, PlainMath.MINUS_LN2_LOW);
  private static final FloatVector E5 = FloatVector.broadcast(SPECIES, PlainMath.E5);
  private static final FloatVector E4 = FloatVector.broadcast(SPECIES, PlainMath.E4);
  private static final FloatVector E3 = FloatVector.broadcast(SPECIES, PlainMath.E3);
  private static final FloatVector E2 = FloatVector.broadcast(SPECIES, PlainMath.E2);
  private static final FloatVector E1 = FloatVector.broadcast(SPECIES, PlainMath.E1);
  private static final FloatVector E0 = FloatVector.broadcast(SPECIES, PlainMath.E0);
  private static final IntVector BITS_OF_ONE = ONE.reinterpretAsInts();

  private VectorMath() {}

  /** {@code y = exp(scale x - shift) - subtrahend}; {@code y} is modified, and may be {@code x}. */
  static void exponentials(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int count,
      float scale,
      float shift,
      float subtrahend) {
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, -shift);
    FloatVector subtrahends = FloatVector.broadcast(SPECIES, subtrahend);
    int vectors = SPECIES.loopBound(count);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector clamped =
          FloatVector.fromArray(SPECIES, x, xOffset + i)
              .fma(scales, shifts)
              .max(EXP_MIN)
              .min(EXP_MAX);
      FloatVector shifted = clamped.fma(LOG2_E, ROUNDER);
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, clamped));
      FloatVector p = E5.fma(r, E4).fma(r, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(BITS_OF_ONE)
              .reinterpretAsFloats();
      p.fma(power, power.sub(subtrahends)).intoArray(y, yOffset + i);
    }
    for (int i = vectors; i < count; i++) {
      y[yOffset + i] = PlainMath.exp(Math.fma(scale, x[xOffset + i], -shift), subtrahend);
    }
  }
}
