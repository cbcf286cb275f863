package org.levin.internal;

/**
 * From logits to probabilities: {@code p(v) = exp(logits[v]) / Σ exp(logits)}, the same bits on
 * every machine.
 */
public final class Softmax {
  private Softmax() {}

  /**
   * Returns the probabilities of all symbols; what is banned has none.
   *
   * @param logits {@code [V]}; not modified; negative infinity bans a symbol
   * @throws IllegalStateException if a logit is NaN or positive infinity, or none is above negative
   *     infinity
   */
  public static double[] probabilities(float[] logits) {
    double max = requireMax(logits);
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] = exponential(logits[v], max);
      sum += probabilities[v];
    }
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] /= sum;
    }
    return probabilities;
  }

  /**
   * Returns {@code ln Σ exp(logits[v])}, what a logit lacks to be the logarithm of a probability.
   *
   * @param logits holds {@code [V]} values from {@code offset} on; not modified
   * @throws IllegalStateException as {@link #probabilities}
   */
  public static double logSumExp(float[] logits, int offset, int size) {
    double max = requireMax(logits, offset, size);
    double sum = 0;
    for (int v = offset; v < offset + size; v++) {
      sum += exponential(logits[v], max);
    }
    return max + StrictMath.log(sum);
  }

  /** Returns whether every symbol is banned. */
  public static boolean isEmpty(float[] logits) {
    for (float logit : logits) {
      // Written so that NaN counts: it is refused elsewhere, and an error is not hidden here.
      if (logit != Float.NEGATIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  /** Returns the largest logit, or throws as {@link #probabilities}. */
  public static float requireMax(float[] logits) {
    return requireMax(logits, 0, logits.length);
  }

  private static float requireMax(float[] logits, int offset, int size) {
    float max = Float.NEGATIVE_INFINITY;
    for (int v = offset; v < offset + size; v++) {
      // Written so that NaN is caught too.
      if (!(logits[v] < Float.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            "the logit of symbol %d is %s, but must be a finite number, or negative infinity to ban the symbol"
                .formatted(v - offset, logits[v]));
      }
      max = Math.max(max, logits[v]);
    }
    if (max == Float.NEGATIVE_INFINITY) {
      throw new IllegalStateException("every symbol is banned; nothing can be drawn");
    }
    return max;
  }

  private static double exponential(float logit, double max) {
    return logit == Float.NEGATIVE_INFINITY ? 0 : StrictMath.exp(logit - max);
  }
}
