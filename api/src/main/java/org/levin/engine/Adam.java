package org.levin.engine;

import org.levin.internal.Arguments;

/**
 * Constants of the optimizer: {@code w -= lr/(1-β1^t) · m / (√v/√(1-β2^t) + ε)}.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the denominator
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma &amp; Ba (2015)</a>
 */
public record Adam(double beta1, double beta2, double epsilon) {
  /** The values of the paper. */
  public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8);

  /** Checks the values. */
  public Adam {
    Arguments.fraction(beta1, "beta1");
    Arguments.fraction(beta2, "beta2");
    Arguments.positive(epsilon, "epsilon");
  }
}
