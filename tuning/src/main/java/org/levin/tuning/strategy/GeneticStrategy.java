package org.levin.tuning.strategy;

import org.levin.internal.Arguments;

/**
 * Breeds from the best of all trials so far, by Jenetics. The first group is spread evenly over the
 * space; each later one descends from {@code parents} trials: places are exchanged between two of
 * them, and moved a little. With one objective the parents are those that are expected to have the
 * least loss when trained whole; with several, those that NSGA-II selects.
 *
 * @param group trials of a generation, at least 1
 * @param parents how many may have offspring, at least 2
 * @see <a href="https://jenetics.io">Jenetics</a>
 * @see <a href="https://doi.org/10.1109/4235.996017">Deb, Pratap, Agarwal &amp; Meyarivan, A Fast
 *     and Elitist Multiobjective Genetic Algorithm: NSGA-II (2002)</a>
 */
public record GeneticStrategy(int group, int parents) implements Strategy {
  private static final int DEFAULT_GROUP = 9;
  private static final int DEFAULT_PARENTS = 4;

  /** Checks the sizes. */
  public GeneticStrategy {
    Arguments.atLeast(1, group, "the size of a group");
    Arguments.atLeast(2, parents, "the number of parents");
  }

  /** Returns the strategy that comparisons on tables of trained models chose. */
  public static GeneticStrategy defaults() {
    return new GeneticStrategy(DEFAULT_GROUP, DEFAULT_PARENTS);
  }

  @Override
  public String label() {
    return "genetic %d %d".formatted(group, parents);
  }

  @Override
  public Search begin(Task task) {
    return new GeneticSearch(task, group, parents);
  }
}
