package org.levin.tuning.journal;

import org.levin.internal.Arguments;

/**
 * How every model of a study is measured, whatever the batches that it was trained with: on the
 * beginning of the validation part, in rows side by side.
 *
 * @param rows {@code B}, at least 1; fewer where the part is too short for them
 * @param steps {@code T}, at least 1; likewise. The state is carried on, so it changes no loss
 * @param tokens the most that are read, at least 1
 */
public record EvaluationShape(int rows, int steps, long tokens) {
  /** Losses of two models then differ by chance in the third decimal only; it takes a second. */
  public static final EvaluationShape DEFAULT = new EvaluationShape(32, 100, 100_000);

  /** Checks that each is at least 1. */
  public EvaluationShape {
    Arguments.atLeast(1, rows, "the rows of the evaluation");
    Arguments.atLeast(1, steps, "the steps of the evaluation");
    Arguments.atLeast(1, tokens, "the tokens of the evaluation");
  }
}
