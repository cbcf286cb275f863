package org.levin.sampling;

import java.util.Arrays;
import org.levin.internal.Arguments;
import org.levin.internal.Softmax;

/** Keeps the most likely symbols up to a total probability. */
record TopP(double p) implements Sampler {
  TopP {
    Arguments.share(p, "topP");
  }

  @Override
  public void reshape(float[] logits) {
    if (Softmax.isEmpty(logits)) {
      return;
    }
    double[] probabilities = Softmax.probabilities(logits);
    double[] unlikeliness = Arrays.stream(probabilities).map(value -> -value).toArray();
    Ranking.keepMass(logits, probabilities, unlikeliness, p);
  }

  @Override
  public String toString() {
    return "top-p(" + p + ")";
  }
}
