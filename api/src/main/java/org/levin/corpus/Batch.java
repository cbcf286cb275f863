package org.levin.corpus;

import org.levin.internal.Arguments;

/**
 * A minibatch: {@code B} rows of {@code T} consecutive tokens, and for each the token that follows
 * it in the corpus.
 *
 * <p>The arrays are handed over, not copied, and must not be changed by anyone afterwards: an
 * engine reads them millions of times.
 *
 * @param rows {@code B}, at least 1
 * @param steps {@code T}, at least 1
 * @param inputs token ids {@code [B,T]}, row-major
 * @param targets token ids {@code [B,T]}; {@code targets[b,t]} follows {@code inputs[b,t]}
 */
public record Batch(int rows, int steps, int[] inputs, int[] targets) {
  /** Checks that both arrays have the shape {@code [B,T]}. */
  public Batch {
    Arguments.atLeast(1, rows, "rows");
    Arguments.atLeast(1, steps, "steps");
    long size = (long) rows * steps;
    Arguments.require(
        inputs.length == size,
        "inputs [%d,%d] must have %d ids, but has %d",
        rows,
        steps,
        size,
        inputs.length);
    Arguments.require(
        targets.length == size,
        "targets [%d,%d] must have %d ids, but has %d",
        rows,
        steps,
        size,
        targets.length);
  }
}
