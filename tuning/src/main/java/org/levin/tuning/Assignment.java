package org.levin.tuning;

import java.util.Objects;
import org.levin.internal.Arguments;
import org.levin.tuning.space.Configuration;

/**
 * Something to train: a trial, from one rung to the next.
 *
 * @param trial its number
 * @param configuration what is tried
 * @param from the steps that it was trained so far; 0 for a new one
 * @param to the steps in all that it is to be trained now
 */
public record Assignment(int trial, Configuration configuration, long from, long to) {

  /** Checks the numbers. */
  public Assignment {
    Arguments.atLeast(1, trial, "the number of a trial");
    Objects.requireNonNull(configuration, "configuration");
    Arguments.atLeast(0, from, "from");
    Arguments.atLeast(from + 1, to, "to");
  }
}
