package org.levin.corpus;

import java.util.Objects;
import java.util.Optional;
import org.levin.internal.Arguments;

/** See {@link Batcher#contiguous}. */
record ContiguousBatcher(int rows, int steps) implements Batcher {
  ContiguousBatcher {
    Arguments.atLeast(1, rows, "batch size");
    Arguments.atLeast(1, steps, "sequence length");
    Arguments.require(
        (long) rows * steps < Integer.MAX_VALUE,
        "batch size %d times sequence length %d must be below %d",
        rows,
        steps,
        Integer.MAX_VALUE);
  }

  Optional<Batcher> fitting(TokenSequence tokens) {
    long size = tokens.size();
    if (size == 0) {
      return Optional.empty();
    }
    int fittingSteps = (int) Math.min(steps, size);
    int fittingRows = (int) Math.min(rows, size / fittingSteps);
    return Optional.of(new ContiguousBatcher(fittingRows, fittingSteps));
  }

  @Override
  public long count(TokenSequence tokens) {
    return tokens.size() / (rows * steps);
  }

  @Override
  public Batch batch(TokenSequence tokens, long index) {
    long count = count(tokens);
    Objects.checkIndex(index, count);
    int[] inputs = new int[rows * steps];
    int[] targets = new int[rows * steps];
    for (int row = 0; row < rows; row++) {
      long rowStart = row * count * steps;
      long start = rowStart + index * steps;
      long next = start + steps;
      int first = row * steps;
      tokens.copyTo(start, inputs, first, steps);
      System.arraycopy(inputs, first + 1, targets, first, steps - 1);
      tokens.copyTo(next < tokens.size() ? next : rowStart, targets, first + steps - 1, 1);
    }
    return new Batch(rows, steps, inputs, targets);
  }
}
