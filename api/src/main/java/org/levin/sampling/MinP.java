package org.levin.sampling;

import org.levin.internal.Arguments;
import org.levin.internal.Softmax;

/** Keeps what is likely enough beside the most likely symbol. */
record MinP(double p) implements Sampler {
  MinP {
    Arguments.share(p, "minP");
  }

  @Override
  public void reshape(float[] logits) {
    if (Softmax.isEmpty(logits)) {
      return;
    }
    // p(v) >= p · p(max), without the exponentials.
    double least = Softmax.requireMax(logits) + StrictMath.log(p);
    for (int v = 0; v < logits.length; v++) {
      if (logits[v] < least) {
        logits[v] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  @Override
  public String toString() {
    return "min-p(" + p + ")";
  }
}
