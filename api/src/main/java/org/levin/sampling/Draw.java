package org.levin.sampling;

import org.levin.internal.Softmax;

/**
 * A symbol drawn from a softmax, by inversion: the same uniform number gives the same symbol on
 * every machine.
 *
 * @param probability with which it was drawn
 */
record Draw(int id, double probability) {

  /**
   * Draws symbol {@code v} with probability {@code softmax(logits)[v]}.
   *
   * @param logits {@code [V]}; not modified
   * @param uniform in {@code [0,1)}
   * @throws IllegalStateException if a logit is NaN or positive infinity, or none is above negative
   *     infinity
   */
  static Draw from(float[] logits, double uniform) {
    double[] probabilities = Softmax.probabilities(logits);
    double left = uniform;
    int last = -1;
    for (int v = 0; v < probabilities.length; v++) {
      if (probabilities[v] > 0) {
        last = v;
        left -= probabilities[v];
        if (left < 0) {
          break;
        }
      }
    }
    // Rounding may leave a crumb behind the last symbol.
    return new Draw(last, probabilities[last]);
  }
}
