package org.levin.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.levin.corpus.Batcher;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.training.Cancellation;

/** Measures a network on texts, without dropout; no parameter changes. */
public final class Evaluation {
  /** Symbols of a text that go through the network at once. */
  private static final int PIECE = 256;

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

  /**
   * Returns the score of a text.
   *
   * @param ids the text, at least two ids; not modified
   * @param vocabularySize {@code V}
   */
  public static Score score(Network network, int[] ids, int vocabularySize) {
    if (ids.length < 2) {
      throw new IllegalArgumentException(
          "a text of at least 2 symbols is needed, because the first one only conditions; this one has "
              + ids.length);
    }
    double[] logProbabilities = new double[ids.length - 1];
    try (NetworkState state = network.state(1)) {
      for (int from = 0; from < logProbabilities.length; from += PIECE) {
        int count = Math.min(PIECE, logProbabilities.length - from);
        float[] logits = new float[count * vocabularySize];
        network.forward(Arrays.copyOfRange(ids, from, from + count), count, state, logits);
        for (int k = 0; k < count; k++) {
          logProbabilities[from + k] =
              logProbability(logits, k * vocabularySize, vocabularySize, ids[from + k + 1]);
        }
      }
    }
    return Score.of(logProbabilities);
  }

  private static double logProbability(float[] logits, int offset, int size, int id) {
    double max = Double.NEGATIVE_INFINITY;
    for (int v = offset; v < offset + size; v++) {
      max = Math.max(max, logits[v]);
    }
    double sum = 0;
    for (int v = offset; v < offset + size; v++) {
      sum += StrictMath.exp(logits[v] - max);
    }
    return logits[offset + id] - max - StrictMath.log(sum);
  }
}
