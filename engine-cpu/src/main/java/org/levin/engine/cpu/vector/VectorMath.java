package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.levin.engine.cpu.kernel.PlainMath;

/**
 * {@link PlainMath}, operation by operation, on vectors.
 *
 * <p>The constants are vectors, made once: a broadcast in place costs the compiler as many nodes as
 * an operation, and it gives up at a number of nodes.
 */
final class VectorMath {
  static final FloatVector ONE = broadcast(1f);

  private static final FloatVector TWO = broadcast(2f);
  private static final FloatVector EXP_MIN = broadcast(PlainMath.EXP_MIN);
  private static final FloatVector EXP_MAX = broadcast(PlainMath.EXP_MAX);
  private static final FloatVector LOG2_E = broadcast(PlainMath.LOG2_E);
  private static final FloatVector ROUNDER = broadcast(PlainMath.ROUNDER);
  private static final FloatVector MINUS_LN2_HIGH = broadcast(PlainMath.MINUS_LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = broadcast(PlainMath.MINUS_LN2_LOW);
  private static final FloatVector E5 = broadcast(PlainMath.E5);
  private static final FloatVector E4 = broadcast(PlainMath.E4);
  private static final FloatVector E3 = broadcast(PlainMath.E3);
  private static final FloatVector E2 = broadcast(PlainMath.E2);
  private static final FloatVector E1 = broadcast(PlainMath.E1);
  private static final FloatVector E0 = broadcast(PlainMath.E0);
  private static final FloatVector TANH_SMALL = broadcast(PlainMath.TANH_SMALL);
  private static final FloatVector T4 = broadcast(PlainMath.T4);
  private static final FloatVector T3 = broadcast(PlainMath.T3);
  private static final FloatVector T2 = broadcast(PlainMath.T2);
  private static final FloatVector T1 = broadcast(PlainMath.T1);
  private static final FloatVector T0 = broadcast(PlainMath.T0);
  private static final IntVector BITS_OF_ONE = ONE.reinterpretAsInts();
  private static final IntVector SIGN = broadcast(-0f).reinterpretAsInts();

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.max(EXP_MIN).min(EXP_MAX);
    FloatVector shifted = clamped.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, clamped));
    FloatVector p = E5.fma(r, E4).fma(r, E3).fma(r, E2).fma(r, E1).fma(r, E0);
    return p.fma(r.mul(r), r)
        .add(ONE)
        .mul(
            shifted
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(BITS_OF_ONE)
                .reinterpretAsFloats());
  }

  static FloatVector sigmoid(FloatVector x) {
    return ONE.div(exp(x.neg()).add(ONE));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector s = x.mul(x);
    FloatVector p = T4.fma(s, T3).fma(s, T2).fma(s, T1).fma(s, T0);
    FloatVector small = p.mul(s).fma(x, x);
    // Above 0, so that the sign is all that a copy of it has to bring.
    FloatVector large = ONE.sub(TWO.div(exp(magnitude.add(magnitude)).add(ONE)));
    FloatVector signed =
        large.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    // A NaN compares as not small, and comes through exp as NaN, like its twin.
    return signed.blend(small, magnitude.compare(VectorOperators.LT, TANH_SMALL));
  }

  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  static void exponentials(float[] x, int offset, int count, float shift) {
    int vectors = SPECIES.loopBound(count);
    for (int i = 0; i < vectors; i += LANES) {
      exp(FloatVector.fromArray(SPECIES, x, offset + i).sub(shift)).intoArray(x, offset + i);
    }
    for (int i = vectors; i < count; i++) {
      x[offset + i] = PlainMath.exp(x[offset + i] - shift);
    }
  }
}
