package org.levin.sampling;

import org.levin.internal.Arguments;

/** Divides every logit. */
record Temperature(double value) implements Sampler {
  Temperature {
    Arguments.positive(value, "temperature");
  }

  @Override
  public void reshape(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    // Only distances count: where the largest would leave the range of a float, it becomes 0.
    boolean leaves = Float.isFinite(max) && Math.abs(max / value) > Float.MAX_VALUE;
    float shift = leaves ? max : 0;
    for (int v = 0; v < logits.length; v++) {
      logits[v] = (float) (((double) logits[v] - shift) / value);
    }
  }

  @Override
  public String toString() {
    return "temperature(" + value + ")";
  }
}
