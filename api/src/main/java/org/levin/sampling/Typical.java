package org.levin.sampling;

import org.levin.internal.Arguments;
import org.levin.internal.Softmax;

/** Keeps the symbols that are about as surprising as is to be expected. */
record Typical(double p) implements Sampler {
  Typical {
    Arguments.share(p, "typical");
  }

  @Override
  public void reshape(float[] logits) {
    if (Softmax.isEmpty(logits)) {
      return;
    }
    double[] probabilities = Softmax.probabilities(logits);
    double[] surprise = new double[logits.length];
    double entropy = 0;
    for (int v = 0; v < logits.length; v++) {
      surprise[v] = -StrictMath.log(probabilities[v]);
      if (probabilities[v] > 0) {
        entropy += probabilities[v] * surprise[v];
      }
    }
    double[] distance = new double[logits.length];
    for (int v = 0; v < logits.length; v++) {
      distance[v] = Math.abs(surprise[v] - entropy);
    }
    Ranking.keepMass(logits, probabilities, distance, p);
  }

  @Override
  public String toString() {
    return "typical(" + p + ")";
  }
}
