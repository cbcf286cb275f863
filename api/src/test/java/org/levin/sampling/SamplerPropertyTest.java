package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.levin.internal.ChiSquare;

/** What holds for logits of any number and size. */
class SamplerPropertyTest {
  private static final float BANNED = Float.NEGATIVE_INFINITY;

  @Property(seed = "20260101")
  void topKKeepsTheLargestAndNothingElseChanges(
      @ForAll("logits") float[] logits, @ForAll @IntRange(min = 1, max = 100) int k) {
    float[] kept = reshaped(Sampler.topK(k), logits);
    float least = Float.POSITIVE_INFINITY;
    float mostBanned = BANNED;
    int count = 0;
    for (int v = 0; v < logits.length; v++) {
      if (kept[v] == BANNED) {
        mostBanned = Math.max(mostBanned, logits[v]);
      } else {
        assertEquals(logits[v], kept[v]);
        least = Math.min(least, logits[v]);
        count++;
      }
    }
    assertEquals(Math.min(k, logits.length), count);
    assertTrue(mostBanned <= least, "what is kept is at least as likely as what is banned");
  }

  @Property(seed = "20260101")
  void topKTwiceIsTopKOnce(
      @ForAll("logits") float[] logits, @ForAll @IntRange(min = 1, max = 100) int k) {
    float[] once = reshaped(Sampler.topK(k), logits);
    assertArrayEquals(once, reshaped(Sampler.topK(k), once));
  }

  @Property(seed = "20260101")
  void temperatureKeepsTheOrderAndScalesEveryDistance(
      @ForAll("logits") float[] logits,
      @ForAll @DoubleRange(min = 0.05, max = 20) double temperature) {
    float[] cooled = reshaped(Sampler.temperature(temperature), logits);
    for (int v = 1; v < logits.length; v++) {
      assertTrue(
          Math.signum(logits[v] - logits[v - 1]) * Math.signum(cooled[v] - cooled[v - 1]) >= 0);
      double expected = ((double) logits[v] - logits[v - 1]) / temperature;
      assertEquals(expected, (double) cooled[v] - cooled[v - 1], 1e-5 * 50 / temperature);
    }
  }

  @Property(seed = "20260101")
  void greedyTakesTheFirstOfTheLargestWhateverTheNumber(
      @ForAll("logits") float[] logits,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double uniform) {
    int largest = 0;
    for (int v = 1; v < logits.length; v++) {
      if (logits[v] > logits[largest]) {
        largest = v;
      }
    }
    assertEquals(largest, Draw.from(reshaped(Sampler.greedy(), logits), uniform));
  }

  @Property(seed = "20260101")
  void aChainIsItsPartsInTurn(
      @ForAll("logits") float[] logits,
      @ForAll @IntRange(min = 1, max = 100) int k,
      @ForAll @DoubleRange(min = 0.05, max = 20) double temperature) {
    Sampler first = Sampler.topK(k);
    Sampler second = Sampler.temperature(temperature);
    assertArrayEquals(
        reshaped(second, reshaped(first, logits)), reshaped(first.then(second), logits));
  }

  @Property(seed = "20260101")
  void aDrawGrowsWithItsNumberAndIsNeverBanned(
      @ForAll("logits") float[] logits,
      @ForAll @IntRange(min = 1, max = 100) int k,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double one,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double other) {
    float[] kept = reshaped(Sampler.topK(k), logits);
    int low = Draw.from(kept, Math.min(one, other));
    int high = Draw.from(kept, Math.max(one, other));
    assertTrue(low <= high);
    assertTrue(kept[low] != BANNED && kept[high] != BANNED);
  }

  /** The definition, computed here with the platform's exp, against counts. */
  @Property(seed = "20260101", tries = 30)
  void countsAreThoseOfTheReshapedSoftmax(
      @ForAll("fewLogits") float[] logits,
      @ForAll @IntRange(min = 2, max = 12) int k,
      @ForAll @DoubleRange(min = 0.5, max = 2) double temperature,
      @ForAll int seed) {
    float[] shaped = reshaped(Sampler.topK(k).then(Sampler.temperature(temperature)), logits);
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] = shaped[v] == BANNED ? 0 : Math.exp(logits[v] / temperature);
      sum += probabilities[v];
    }
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] /= sum;
    }
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[logits.length];
    for (int i = 0; i < 20_000; i++) {
      counts[Draw.from(shaped, random.nextDouble())]++;
    }
    ChiSquare.assertFits(probabilities, counts, "seed " + seed);
  }

  /** As many as a vocabulary has, ties among them. */
  @Provide
  Arbitrary<float[]> logits() {
    Arbitrary<Float> any = Arbitraries.floats().between(-50, 50);
    Arbitrary<Float> few = Arbitraries.of(-1f, 0f, 2f);
    return Arbitraries.oneOf(any, few).array(float[].class).ofMinSize(1).ofMaxSize(90);
  }

  /** So few, and so alike, that each is drawn often. */
  @Provide
  Arbitrary<float[]> fewLogits() {
    return Arbitraries.floats().between(-2, 2).array(float[].class).ofMinSize(2).ofMaxSize(12);
  }

  private static float[] reshaped(Sampler sampler, float[] logits) {
    float[] copy = logits.clone();
    sampler.reshape(copy);
    return copy;
  }
}
