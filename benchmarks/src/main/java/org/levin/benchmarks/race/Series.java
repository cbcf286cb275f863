package org.levin.benchmarks.race;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the rounds of one side gave, in their order.
 *
 * @param values at least one
 */
record Series(List<Double> values) {

  /** Takes a copy. */
  Series {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a series needs at least one value");
    }
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().min(Double::compare).orElseThrow();
  }

  double max() {
    return values.stream().max(Double::compare).orElseThrow();
  }

  /**
   * Returns the ratios of rounds that ran side by side, so that what slowed the machine for a while
   * slowed both.
   */
  Series over(Series other) {
    if (values.size() != other.values.size()) {
      throw new IllegalArgumentException(
          "%d rounds cannot be paired with %d".formatted(values.size(), other.values.size()));
    }
    return new Series(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / other.values.get(i))
            .toList());
  }
}
