package org.levin.benchmarks.race;

import org.levin.model.LstmArchitecture;

/**
 * The sizes of a network and of what goes through it at once.
 *
 * @param layers {@code L}
 * @param hidden {@code H}
 * @param rows {@code B}
 * @param steps {@code T}
 */
record Shape(int layers, int hidden, int rows, int steps) {
  private static final double GATES = 4;

  LstmArchitecture architecture() {
    return LstmArchitecture.of(layers, hidden);
  }

  /** Returns the characters of one batch. */
  int characters() {
    return rows * steps;
  }

  /**
   * Returns the multiply-adds that one character costs forward, which is also how many weights are
   * read for it where there is one row. The input of the first layer is one-hot: a row of a table
   * is added, and nothing multiplied.
   */
  double multiplyAdds(int vocabulary) {
    double fromBelow = (layers - 1) * GATES * hidden * hidden;
    return recurrentMultiplyAdds() + fromBelow + (double) hidden * vocabulary;
  }

  /** Returns those of them that wait for the step before. */
  double recurrentMultiplyAdds() {
    return layers * GATES * hidden * hidden;
  }
}
