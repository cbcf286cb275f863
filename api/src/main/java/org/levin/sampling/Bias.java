package org.levin.sampling;

import java.util.SortedMap;
import org.levin.internal.Arguments;

/** Adds a number to some logits. */
record Bias(SortedMap<Integer, Double> values) implements Sampler {
  /** Beyond, a logit would leave the range of a float. */
  private static final double LARGEST = 1e30;

  Bias {
    values.forEach(
        (id, value) ->
            Arguments.require(
                id >= 0 && (Math.abs(value) <= LARGEST || value == Double.NEGATIVE_INFINITY),
                "a bias needs an id of at least 0 and a number of at most 1e30 either way, or negative infinity, but had id %d and %s",
                id,
                value));
  }

  @Override
  public void reshape(float[] logits) {
    values.forEach(
        (id, value) -> {
          Arguments.require(
              id < logits.length,
              "there is a bias for symbol %d, but the vocabulary has only %d symbols",
              id,
              logits.length);
          logits[id] = (float) (logits[id] + value);
        });
  }

  @Override
  public String toString() {
    return "bias(" + values + ")";
  }
}
