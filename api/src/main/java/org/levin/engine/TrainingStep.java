package org.levin.engine;

import org.levin.internal.Arguments;

/**
 * What one step of training is told.
 *
 * @param number the step of the run, counted from 1: Adam's {@code t}, and a word of the dropout
 *     counters
 * @param learningRate above 0
 * @param dropout probability of dropping a unit between layers and before the last linear layer,
 *     {@code [0,1)}
 * @param clipNorm the largest global gradient norm, above 0; {@link Double#POSITIVE_INFINITY} for
 *     no clipping
 * @param seed key of the random numbers
 * @param adam the optimizer's constants
 */
public record TrainingStep(
    long number, double learningRate, double dropout, double clipNorm, long seed, Adam adam) {

  /** Checks the values. */
  public TrainingStep {
    Arguments.atLeast(1, number, "number");
    Arguments.positive(learningRate, "learningRate");
    Arguments.fraction(dropout, "dropout");
    Arguments.require(clipNorm > 0, "clipNorm must be above 0, but was %s", clipNorm);
  }
}
