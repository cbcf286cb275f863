package org.levin.training;

/**
 * What one step measured.
 *
 * @param step counted from 1
 * @param epoch counted from 1
 * @param loss mean cross-entropy before the update, in nats per token
 * @param gradientNorm before clipping
 * @param learningRate that the step used
 * @param tokensPerSecond of this step alone
 */
public record StepMetrics(
    long step,
    long epoch,
    double loss,
    double gradientNorm,
    double learningRate,
    double tokensPerSecond) {}
