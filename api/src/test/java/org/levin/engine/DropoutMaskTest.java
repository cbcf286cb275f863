package org.levin.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.internal.ChiSquare;
import org.levin.internal.Philox;

class DropoutMaskTest {
  private static final long SEED = 20260101;

  private static DropoutMask mask(double dropout, long number, long seed) {
    return new DropoutMask(new TrainingStep(number, 1e-3, dropout, 5, seed, Adam.DEFAULT));
  }

  private static float[] factors(
      double dropout, long number, long seed, int layer, int row, long position, int count) {
    float[] factors = new float[count];
    mask(dropout, number, seed).fill(layer, row, position, factors, 0, count);
    return factors;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.9})
  void dropsTheFractionThatWasAskedForAndScalesTheRest(double dropout) {
    float[] factors = factors(dropout, 1, SEED, 0, 0, 0, 1 << 20);
    long[] counts = new long[2];
    for (float factor : factors) {
      counts[factor == 0 ? 0 : 1]++;
      assertEquals(factor == 0 ? 0 : (float) (1 / (1 - dropout)), factor);
    }
    ChiSquare.assertFits(
        new double[] {dropout, 1 - dropout}, counts, "dropout " + dropout + ", seed " + SEED);
  }

  /** Neighbors in any direction: units, rows, layers, steps of the run, seeds. */
  @Test
  void masksOfNeighborsAreIndependent() {
    double p = 0.3;
    int count = 1 << 18;
    float[] here = factors(p, 7, SEED, 0, 3, 0, count);
    float[][] neighbors = {
      factors(p, 7, SEED, 0, 3, 1, count),
      factors(p, 7, SEED, 0, 3, 4, count),
      factors(p, 7, SEED, 0, 3, 512, count),
      factors(p, 7, SEED, 0, 4, 0, count),
      factors(p, 7, SEED, 1, 3, 0, count),
      factors(p, 8, SEED, 0, 3, 0, count),
      factors(p, 7, SEED + 1, 0, 3, 0, count),
      factors(p, 7, SEED + (1L << 32), 0, 3, 0, count)
    };
    double[] joint = {p * p, p * (1 - p), (1 - p) * p, (1 - p) * (1 - p)};
    for (int n = 0; n < neighbors.length; n++) {
      long[] counts = new long[4];
      for (int i = 0; i < count; i++) {
        counts[(here[i] == 0 ? 0 : 2) + (neighbors[n][i] == 0 ? 0 : 1)]++;
      }
      ChiSquare.assertFits(joint, counts, "neighbor " + n + ", seed " + SEED);
    }
  }

  @Test
  void aUnitIsKeptIfItsWordReachesTheThreshold() {
    int[] words = new int[4];
    float[] factors = factors(0.5, 9, SEED, 2, 5, 0, 64);
    for (int unit = 0; unit < factors.length; unit++) {
      Philox.block(SEED, unit / 4, 5, 9, 2, words);
      long word = Integer.toUnsignedLong(words[unit % 4]);
      assertEquals(word >= 1L << 31 ? 2f : 0f, factors[unit]);
    }
  }

  @Test
  void aPartOfARowHasTheFactorsOfTheWhole() {
    float[] whole = factors(0.5, 1, SEED, 0, 0, 0, 41);
    for (int from = 0; from < whole.length; from++) {
      for (int to = from; to <= whole.length; to++) {
        assertArrayEquals(
            Arrays.copyOfRange(whole, from, to), factors(0.5, 1, SEED, 0, 0, from, to - from));
      }
    }
  }

  @Test
  void positionsBeyondAnIntegerGoOn() {
    long far = 5L * Integer.MAX_VALUE;
    float[] factors = factors(0.5, 1, SEED, 0, 0, far, 9);
    assertArrayEquals(Arrays.copyOfRange(factors, 2, 9), factors(0.5, 1, SEED, 0, 0, far + 2, 7));
  }

  @Test
  void writesNothingOutsideItsRange() {
    float[] factors = new float[9];
    Arrays.fill(factors, 7);
    mask(0.5, 1, SEED).fill(0, 0, 0, factors, 3, 4);
    for (int i : new int[] {0, 1, 2, 7, 8}) {
      assertEquals(7, factors[i]);
    }
  }

  @Test
  void withoutDropoutEveryUnitIsKept() {
    float[] factors = factors(0, 1, SEED, 0, 0, 0, 1_000);
    for (float factor : factors) {
      assertEquals(1, factor);
    }
  }

  @Test
  void refusesARangeOutsideTheArrayAndANegativePosition() {
    DropoutMask mask = mask(0.5, 1, SEED);
    assertThrows(IndexOutOfBoundsException.class, () -> mask.fill(0, 0, 0, new float[4], 2, 3));
    assertThrows(IllegalArgumentException.class, () -> mask.fill(0, 0, -1, new float[4], 0, 4));
  }
}
