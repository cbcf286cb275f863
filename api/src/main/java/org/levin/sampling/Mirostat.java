package org.levin.sampling;

import org.levin.internal.Arguments;
import org.levin.internal.Softmax;

/**
 * Keeps what is not too surprising, and moves the bound.
 *
 * @param surprise the target, in bits
 * @param bound above which a symbol is too surprising, in bits
 */
record Mirostat(double surprise, double rate, double bound) implements Sampler {
  private static final double LN_2 = StrictMath.log(2);

  Mirostat {
    Arguments.positive(surprise, "mirostat");
    Arguments.positive(rate, "mirostatRate");
  }

  @Override
  public void reshape(float[] logits) {
    if (Softmax.isEmpty(logits)) {
      return;
    }
    float max = Softmax.requireMax(logits);
    // -log2 p(v) <= bound; the most likely stays whatever the bound.
    double least = Softmax.logSumExp(logits, 0, logits.length) - bound * LN_2;
    for (int v = 0; v < logits.length; v++) {
      if (logits[v] < least && logits[v] < max) {
        logits[v] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  @Override
  public Sampler afterDraw(int id, double probability) {
    double observed = -StrictMath.log(probability) / LN_2;
    return new Mirostat(surprise, rate, bound - rate * (observed - surprise));
  }

  @Override
  public String toString() {
    return "mirostat(" + surprise + ", " + rate + ")";
  }
}
