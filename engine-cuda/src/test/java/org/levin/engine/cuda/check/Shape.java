package org.levin.engine.cuda.check;

import java.util.Arrays;
import org.levin.model.LstmArchitecture;

/**
 * The sizes of a network and of what goes through it at once; written {@code 2x512x128x100}.
 *
 * @param layers {@code L}
 * @param hidden {@code H}
 * @param rows {@code B}
 * @param steps {@code T}
 */
record Shape(int layers, int hidden, int rows, int steps) {

  static Shape parse(String text) {
    int[] numbers = Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    return new Shape(numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  LstmArchitecture architecture() {
    return LstmArchitecture.of(layers, hidden);
  }

  /** Returns the name of the network alone. */
  String network() {
    return layers + "x" + hidden;
  }

  /** Returns the characters of one batch. */
  int characters() {
    return rows * steps;
  }

  @Override
  public String toString() {
    return network() + "x" + rows + "x" + steps;
  }
}
