package org.levin.engine.cpu.kernel;

import org.levin.engine.TrainingStep;

/**
 * The numbers that one update of Adam multiplies by, rounded once: {@code g' = g·gradientScale, m =
 * m·β1 + g'·(1-β1), v = v·β2 + g'²·(1-β2), w = w - stepSize·m / (√v·secondScale + ε)}.
 *
 * @param gradientScale the clipping factor
 * @param stepSize {@code lr/(1-β1^t)}
 * @param secondScale {@code 1/√(1-β2^t)}
 */
public record AdamFactors(
    float gradientScale,
    float beta1,
    float oneMinusBeta1,
    float beta2,
    float oneMinusBeta2,
    float stepSize,
    float secondScale,
    float epsilon) {
  /** Keeps the clipping factor finite for a gradient of zero, as PyTorch does. */
  private static final double CLIP_EPSILON = 1e-6;

  /** Returns the factors of a step whose gradient has this global norm. */
  public static AdamFactors of(TrainingStep step, double gradientNorm) {
    var adam = step.adam();
    double firstBias = 1 - StrictMath.pow(adam.beta1(), step.number());
    double secondBias = 1 - StrictMath.pow(adam.beta2(), step.number());
    return new AdamFactors(
        (float) Math.min(1, step.clipNorm() / (gradientNorm + CLIP_EPSILON)),
        (float) adam.beta1(),
        (float) (1 - adam.beta1()),
        (float) adam.beta2(),
        (float) (1 - adam.beta2()),
        (float) (step.learningRate() / firstBias),
        (float) (1 / Math.sqrt(secondBias)),
        (float) adam.epsilon());
  }
}
