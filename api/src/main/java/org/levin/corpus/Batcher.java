package org.levin.corpus;

import java.util.Optional;

/**
 * Cuts a row of tokens into minibatches {@code [B,T]}.
 *
 * <p>Contract: row {@code b} of batch {@code k + 1} goes on where row {@code b} of batch {@code k}
 * ended, so that a network may carry its state from batch to batch; see {@link #contiguous} for the
 * way that Levin trains by default.
 */
public interface Batcher {

  /**
   * Returns the batcher that gives every row a contiguous stream of the tokens.
   *
   * <p>{@code N} tokens give {@code K = floor(N / (B T))} batches. Row {@code b} is the stream of
   * {@code per = K T} tokens that starts at {@code b per}; batch {@code k} holds its steps {@code
   * [k T, (k + 1) T)}. The target of an input is the token that truly follows it, across the ends
   * of rows too; only past the last token of all does it wrap to the first token of its row. Fewer
   * than {@code B T} tokens at the end are left out.
   *
   * @param rows {@code B}, at least 1
   * @param steps {@code T}, at least 1
   * @throws IllegalArgumentException if one is less, or a batch would not fit into an array
   */
  static Batcher contiguous(int rows, int steps) {
    return new ContiguousBatcher(rows, steps);
  }

  /**
   * Returns the {@link #contiguous} batcher for a sequence that may be too short for a whole batch,
   * as a validation part often is: rows are reduced, then steps, until one batch fits; nothing for
   * an empty sequence.
   *
   * @param rows {@code B}, at least 1; the most that the batcher will have
   * @param steps {@code T}, at least 1; likewise
   * @throws IllegalArgumentException if one is less, or a batch would not fit into an array
   */
  static Optional<Batcher> fitting(int rows, int steps, TokenSequence tokens) {
    return new ContiguousBatcher(rows, steps).fitting(tokens);
  }

  /** Returns {@code B}, the number of rows, which is the same in every batch. */
  int rows();

  /** Returns the largest number of steps {@code T} of a batch. */
  int steps();

  /** Returns how many batches {@code tokens} gives; 0 if it is too short. */
  long count(TokenSequence tokens);

  /**
   * Returns batch {@code index}, {@code 0 <= index < count(tokens)}; throws {@link
   * IndexOutOfBoundsException} for another.
   */
  Batch batch(TokenSequence tokens, long index);

  /**
   * Returns how many batches {@code tokens} gives, where none is an error.
   *
   * @throws CorpusTooShortException if there is none; the message names sizes that would fit
   */
  default long requireBatches(TokenSequence tokens) {
    long count = count(tokens);
    if (count == 0) {
      throw new CorpusTooShortException(tokens.size(), rows(), steps());
    }
    return count;
  }
}
