package org.levin.benchmarks.race;

import org.levin.corpus.Batch;
import org.levin.corpus.Batcher;
import org.levin.corpus.TokenSequence;

/** The batches of a text, one after the other, and from the start again. */
final class BatchCycle {
  /** Characters of each text that is scored. */
  private static final int TEXT_LENGTH = 16 << 10;

  private final Batcher batcher;
  private final TokenSequence tokens;
  private final long count;
  private long next;

  private BatchCycle(Shape shape, TokenSequence tokens) {
    this.batcher = Batcher.contiguous(shape.rows(), shape.steps());
    this.tokens = tokens;
    this.count = batcher.requireBatches(tokens);
  }

  /** Returns the batches of a whole text. */
  static BatchCycle overAll(Shape shape, TokenSequence tokens) {
    return new BatchCycle(shape, tokens);
  }

  /** Returns the batches of as many texts as the shape has rows, cut from the start. */
  static BatchCycle overTexts(Shape shape, TokenSequence tokens) {
    return new BatchCycle(shape, tokens.slice(0, (long) shape.rows() * TEXT_LENGTH));
  }

  /** Returns whether the next batch is the first, before which the state is to be zero. */
  boolean startsAnew() {
    return next % count == 0;
  }

  Batch next() {
    return batcher.batch(tokens, next++ % count);
  }
}
