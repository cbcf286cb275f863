package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

/** Comparison of arrays whose values are sums of terms that may cancel. */
final class Closeness {
  /** What is left of a sum of zeros. */
  private static final double CRUMB = 1e-9;

  private Closeness() {}

  /** Asserts that no value differs by more than {@code tolerance} times the largest. */
  static void assertClose(double[] expected, float[] actual, double tolerance, String name) {
    assertEquals(expected.length, actual.length, name);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * largest + CRUMB, name + "[" + i + "]");
    }
  }
}
