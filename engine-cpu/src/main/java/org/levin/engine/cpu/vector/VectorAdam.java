package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorKernels.LANES;
import static org.levin.engine.cpu.vector.VectorKernels.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.levin.engine.cpu.kernel.AdamFactors;
import org.levin.engine.cpu.plain.PlainAdam;

/** {@link PlainAdam}, operation by operation, on vectors. */
final class VectorAdam {
  private VectorAdam() {}

  static void update(
      float[] weights,
      float[] first,
      float[] second,
      float[] gradients,
      int from,
      int to,
      AdamFactors f) {
    FloatVector beta1 = FloatVector.broadcast(SPECIES, f.beta1());
    FloatVector beta2 = FloatVector.broadcast(SPECIES, f.beta2());
    FloatVector secondScale = FloatVector.broadcast(SPECIES, f.secondScale());
    FloatVector epsilon = FloatVector.broadcast(SPECIES, f.epsilon());
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradients, i).mul(f.gradientScale());
      FloatVector m = FloatVector.fromArray(SPECIES, first, i).fma(beta1, g.mul(f.oneMinusBeta1()));
      FloatVector v =
          FloatVector.fromArray(SPECIES, second, i).fma(beta2, g.mul(g).mul(f.oneMinusBeta2()));
      m.intoArray(first, i);
      v.intoArray(second, i);
      FloatVector change = m.mul(f.stepSize()).div(v.sqrt().fma(secondScale, epsilon));
      FloatVector.fromArray(SPECIES, weights, i).sub(change).intoArray(weights, i);
    }
    PlainAdam.update(weights, first, second, gradients, end, to, f);
  }
}
