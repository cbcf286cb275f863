package org.levin.training;

/**
 * What a training is about to do.
 *
 * @param engine name of the engine that computes
 * @param parameters how many the network has
 * @param vocabularySize {@code V}
 * @param trainingTokens tokens that it learns from
 * @param validationTokens tokens that are held out
 * @param tokensPerStep {@code B·T}
 * @param stepsPerEpoch batches of an epoch
 * @param steps steps in all, unless patience or a cancellation ends it earlier
 */
public record TrainingPlan(
    String engine,
    int parameters,
    int vocabularySize,
    long trainingTokens,
    long validationTokens,
    long tokensPerStep,
    long stepsPerEpoch,
    long steps) {}
