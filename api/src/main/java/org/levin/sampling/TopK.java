package org.levin.sampling;

import java.util.Arrays;
import org.levin.internal.Arguments;

/** Bans all but the k largest logits. */
record TopK(int k) implements Sampler {
  TopK {
    Arguments.atLeast(1, k, "topK");
  }

  @Override
  public void reshape(float[] logits) {
    if (k >= logits.length) {
      return;
    }
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    float least = sorted[sorted.length - k];
    int ties = 0;
    for (int i = sorted.length - k; i < sorted.length && sorted[i] == least; i++) {
      ties++;
    }
    for (int v = 0; v < logits.length; v++) {
      // Written so that NaN is kept: the draw refuses it, and an error is not hidden here.
      boolean ban = logits[v] < least || logits[v] == least && ties-- <= 0;
      if (ban) {
        logits[v] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  @Override
  public String toString() {
    return k == 1 ? "greedy" : "top-k(" + k + ")";
  }
}
