package org.levin.evaluation;

import java.util.OptionalDouble;
import org.levin.corpus.Batcher;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.training.Cancellation;

/** Measures a network on texts, without dropout; no parameter changes. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Returns the mean cross-entropy over all batches of {@code tokens}, in nats per token. The state
   * is zero at the start and carried from batch to batch.
   *
   * @throws org.levin.corpus.CorpusTooShortException if not one batch fits
   */
  public static double loss(Network network, TokenSequence tokens, Batcher batcher) {
    return loss(network, tokens, batcher, new Cancellation()).orElseThrow();
  }

  /**
   * Returns the mean cross-entropy like {@link #loss(Network, TokenSequence, Batcher)}, or nothing
   * if it was cancelled before the last batch.
   *
   * @param cancellation ends it after the batch under way
   */
  public static OptionalDouble loss(
      Network network, TokenSequence tokens, Batcher batcher, Cancellation cancellation) {
    long count = batcher.requireBatches(tokens);
    double sum = 0;
    try (NetworkState state = network.state(batcher.rows())) {
      for (long i = 0; i < count; i++) {
        if (cancellation.cancelled()) {
          return OptionalDouble.empty();
        }
        sum += network.loss(batcher.batch(tokens, i), state);
      }
    }
    return OptionalDouble.of(sum / count);
  }
}
