package org.levin.sampling;

import org.levin.internal.Arguments;

/**
 * How widely {@link BeamSearch} looks. Never changes; methods that name an option return another.
 *
 * @param width texts that are followed at once, in {@code [1, 4096]}; 1 is greedy
 * @param best texts that are returned at most, in {@code [1, width]}
 * @param lengthPenalty the log-probability of a text of {@code n} symbols is divided by {@code
 *     n^lengthPenalty} to compare it with others: 0 compares probabilities, which favors short
 *     texts, 1 means per symbol; at least 0
 */
public record Beam(int width, int best, double lengthPenalty) {
  /** Compares log-probabilities per symbol, unless told otherwise. */
  public static final double DEFAULT_LENGTH_PENALTY = 1;

  /** So many texts, each by every symbol, are sorted at each step. */
  private static final int WIDEST = 4096;

  /** Checks the values. */
  public Beam {
    Arguments.require(
        width >= 1 && width <= WIDEST, "width must lie in [1, %d], but was %d", WIDEST, width);
    Arguments.atLeast(1, best, "best");
    Arguments.require(best <= width, "best must be at most the width %d, but was %d", width, best);
    Arguments.require(
        lengthPenalty >= 0 && Double.isFinite(lengthPenalty),
        "lengthPenalty must be a finite number of at least 0, but was %s",
        lengthPenalty);
  }

  /** Returns a beam that gives the best text, by probability per symbol. */
  public static Beam of(int width) {
    return new Beam(width, 1, DEFAULT_LENGTH_PENALTY);
  }

  /** Returns a beam that gives the {@code n} best texts. */
  public Beam best(int n) {
    return new Beam(width, n, lengthPenalty);
  }

  /** Returns a beam with this length penalty. */
  public Beam lengthPenalty(double value) {
    return new Beam(width, best, value);
  }

  /** Returns what texts are compared by. */
  double score(double logProbability, long length) {
    return length == 0 ? logProbability : logProbability / StrictMath.pow(length, lengthPenalty);
  }
}
