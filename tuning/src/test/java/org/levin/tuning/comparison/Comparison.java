package org.levin.tuning.comparison;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.levin.tuning.strategy.Strategy;

/**
 * One way to search against another, on a table, by studies of as many seeds each.
 *
 * @param first regrets of the one, in nats, by seed
 * @param second regrets of the other
 * @param least the least loss of the table, in nats per character
 */
record Comparison(double[] first, double[] second, double least) {
  static final int SEEDS = 30;

  /**
   * What is compared.
   *
   * @param rungs how many, up to a whole training; 1 ends no trial early
   * @param trainings the cost of a study, in whole trainings
   */
  record Contestant(String name, Strategy strategy, int rungs, double trainings) {

    double[] regrets(Table table) {
      return new Replay(table).regrets(strategy, rungs, trainings, SEEDS);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, %.4g trainings", name, trainings);
    }
  }

  static Comparison of(Table table, Contestant first, Contestant second) {
    return new Comparison(first.regrets(table), second.regrets(table), table.least());
  }

  /** Returns the median regret, in nats. */
  static double median(double[] regrets) {
    double[] sorted = regrets.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * Returns how likely regrets so much smaller would be if both were drawn alike: Wilcoxon's
   * rank-sum test, one-sided.
   *
   * @see <a href="https://doi.org/10.2307/3001968">Wilcoxon (1945)</a>
   */
  double chance() {
    return MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.LESS_THAN)
        .test(first, second)
        .getPValue();
  }

  /** Returns by what fraction the first's median loss is above the second's; negative if below. */
  double worse() {
    return (median(first) - median(second)) / (least + median(second));
  }
}
