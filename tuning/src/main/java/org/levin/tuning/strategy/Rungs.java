package org.levin.tuning.strategy;

import java.util.ArrayList;
import java.util.List;
import org.levin.internal.Arguments;

/**
 * How long trials are trained: to the first rung all of a group, then, rung by rung, only the best
 * of them, each from where it stopped.
 *
 * @param steps training steps in all at each rung, growing; the last is a whole training
 * @param keep the fraction of a group that goes on from a rung, {@code (0,1]}; at least one does
 * @see <a href="https://arxiv.org/abs/1502.07943">Jamieson &amp; Talwalkar, Non-stochastic Best Arm
 *     Identification and Hyperparameter Optimization (2015)</a>
 */
public record Rungs(List<Long> steps, double keep) {
  /** By which the rungs of {@link #halving} grow, and groups shrink. */
  public static final int FACTOR = 3;

  /** Takes a copy; checks that the steps grow. */
  public Rungs {
    steps = List.copyOf(steps);
    Arguments.require(!steps.isEmpty(), "there must be a rung");
    long before = 0;
    for (long step : steps) {
      Arguments.require(step > before, "rungs must grow, but %d follows %d", step, before);
      before = step;
    }
    Arguments.share(keep, "the fraction that goes on from a rung");
  }

  /** Returns one rung only: every trial is trained whole. */
  public static Rungs whole(long steps) {
    return new Rungs(List.of(steps), 1);
  }

  /**
   * Returns rungs that grow by {@link #FACTOR} up to {@code last}, while that part of each group
   * goes on.
   *
   * @param last steps of a whole training, at least 1
   * @param count how many rungs, at least 1; fewer where the first would have no step
   */
  public static Rungs halving(long last, int count) {
    Arguments.atLeast(1, last, "steps");
    Arguments.atLeast(1, count, "rungs");
    List<Long> steps = new ArrayList<>();
    long step = last;
    for (int i = 0; i < count && step > 0; i++) {
      steps.addFirst(step);
      step /= FACTOR;
    }
    return new Rungs(steps, steps.size() == 1 ? 1 : 1.0 / FACTOR);
  }

  /** Returns how many rungs there are. */
  public int count() {
    return steps.size();
  }

  /** Returns the steps of a whole training. */
  public long last() {
    return steps.getLast();
  }

  /** Returns how many of {@code reached} trials go on from a rung. */
  public int going(int reached) {
    return (int) Math.ceil(reached * keep - 1e-9);
  }
}
