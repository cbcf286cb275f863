package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.AdamFactors;
import org.levin.engine.cpu.kernel.Kernels;

/** Adam's update, element by element; see {@link AdamFactors} for the formula. */
public final class PlainAdam {
  private PlainAdam() {}

  /** See {@link Kernels#adam}. */
  public static void update(
      float[] weights,
      float[] first,
      float[] second,
      float[] gradients,
      int from,
      int to,
      AdamFactors f) {
    for (int i = from; i < to; i++) {
      float g = gradients[i] * f.gradientScale();
      float m = Math.fma(first[i], f.beta1(), g * f.oneMinusBeta1());
      float v = Math.fma(second[i], f.beta2(), g * g * f.oneMinusBeta2());
      first[i] = m;
      second[i] = v;
      weights[i] -= f.stepSize() * m / Math.fma((float) Math.sqrt(v), f.secondScale(), f.epsilon());
    }
  }
}
