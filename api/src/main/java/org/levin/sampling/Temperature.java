package org.levin.sampling;

import org.levin.internal.Arguments;

/** Divides every logit. */
record Temperature(double value) implements Sampler {
  Temperature {
    Arguments.positive(value, "temperature");
  }

  @Override
  public void reshape(float[] logits) {
    for (int v = 0; v < logits.length; v++) {
      logits[v] = (float) (logits[v] / value);
    }
  }

  @Override
  public String toString() {
    return "temperature(" + value + ")";
  }
}
