package org.levin.sampling;

/**
 * Draws from a softmax, by inversion: the same uniform number gives the same symbol on every
 * machine.
 */
final class Draw {
  private Draw() {}

  /**
   * Returns symbol {@code v} with probability {@code softmax(logits)[v]}.
   *
   * @param logits {@code [V]}; not modified
   * @param uniform in {@code [0,1)}
   * @throws IllegalStateException if a logit is NaN or positive infinity, or none is above negative
   *     infinity
   */
  static int from(float[] logits, double uniform) {
    double max = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < logits.length; v++) {
      if (Float.isNaN(logits[v]) || logits[v] == Float.POSITIVE_INFINITY) {
        throw new IllegalStateException(
            "the logit of symbol " + v + " is " + logits[v] + "; nothing can be drawn");
      }
      max = Math.max(max, logits[v]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException("every symbol is banned; nothing can be drawn");
    }
    double[] weights = new double[logits.length];
    double sum = 0;
    for (int v = 0; v < logits.length; v++) {
      weights[v] = logits[v] == Float.NEGATIVE_INFINITY ? 0 : StrictMath.exp(logits[v] - max);
      sum += weights[v];
    }
    double left = uniform * sum;
    int last = -1;
    for (int v = 0; v < weights.length; v++) {
      if (weights[v] > 0) {
        last = v;
        left -= weights[v];
        if (left < 0) {
          return v;
        }
      }
    }
    // Rounding may leave a crumb behind the last symbol.
    return last;
  }
}
