package org.levin.training;

/**
 * What a validation measured.
 *
 * @param step the last one done, counted from 1
 * @param epoch that step's, counted from 1
 * @param trainingLoss that step's, in nats per token
 * @param loss mean cross-entropy over the held-out part, in nats per token
 * @param best whether no validation before was better
 */
public record ValidationMetrics(
    long step, long epoch, double trainingLoss, double loss, boolean best) {}
