package org.levin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Pearson's test: whether counts are those of a distribution. */
public final class ChiSquare {
  /** The standard normal's quantile of 0.999. */
  private static final double ONE_IN_A_THOUSAND = 3.0902;

  private ChiSquare() {}

  /**
   * Asserts that counts deviate no more than they do, by chance, all but once in a thousand times.
   *
   * @param probabilities sum to 1; where one is 0, nothing may have been counted
   * @param what for the message: what was counted, and the seed
   */
  public static void assertFits(double[] probabilities, long[] counts, String what) {
    assertEquals(1, DoubleStream.of(probabilities).sum(), 1e-9);
    long all = LongStream.of(counts).sum();
    double sum = 0;
    int cells = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = all * probabilities[i];
      if (expected == 0) {
        assertEquals(0, counts[i], what + ": what has no probability was counted");
      } else {
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        cells++;
      }
    }
    double limit = limit(cells - 1);
    String deviation = what + ": chi-square is " + sum + ", beyond " + limit;
    assertTrue(sum <= limit, deviation);
  }

  /** The quantile of 0.999, as Wilson and Hilferty (1931) approximate it. */
  private static double limit(int degrees) {
    double variance = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - variance + ONE_IN_A_THOUSAND * Math.sqrt(variance), 3);
  }
}
