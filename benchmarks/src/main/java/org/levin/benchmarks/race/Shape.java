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
    double square = (double) hidden * hidden;
    return 4 * square + (layers - 1) * 8 * square + (double) hidden * vocabulary;
  }
}
