package org.levin.engine;

/**
 * What a step of training measured.
 *
 * @param loss mean cross-entropy in nats per token, before the update
 * @param gradientNorm global norm of the gradient, before clipping
 */
public record StepResult(double loss, double gradientNorm) {

  /** Returns whether both numbers are finite; otherwise the step updated nothing. */
  public boolean finite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
