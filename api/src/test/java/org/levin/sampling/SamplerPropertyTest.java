package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
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
    assertEquals(largest, Draw.from(reshaped(Sampler.greedy(), logits), uniform).id());
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
    int low = Draw.from(kept, Math.min(one, other)).id();
    int high = Draw.from(kept, Math.max(one, other)).id();
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
      counts[Draw.from(shaped, random.nextDouble()).id()]++;
    }
    ChiSquare.assertFits(probabilities, counts, "seed " + seed);
  }

  /** The definitions written down without a thought of speed. */
  @Property(seed = "20260101")
  void topPAndTypicalKeepWhatTheirDefinitionsSay(
      @ForAll("logits") float[] logits, @ForAll @DoubleRange(min = 0.01, max = 0.99) double p) {
    double[] probabilities = softmax(logits);
    double entropy = 0;
    for (double value : probabilities) {
      entropy -= value > 0 ? value * Math.log(value) : 0;
    }
    double expected = entropy;
    assertKeepsMass(Sampler.topP(p), logits, probabilities, v -> -logits[v], p);
    assertKeepsMass(
        Sampler.typical(p),
        logits,
        probabilities,
        v -> Math.abs(-Math.log(probabilities[v]) - expected),
        p);
  }

  /** Where the sum comes as near to the share as rounding, either side is right. */
  private static void assertKeepsMass(
      Sampler sampler,
      float[] logits,
      double[] probabilities,
      IntToDoubleFunction key,
      double mass) {
    float[] kept = reshaped(sampler, logits);
    double keptMass = 0;
    double largestKept = Double.NEGATIVE_INFINITY;
    double smallestBanned = Double.POSITIVE_INFINITY;
    for (int v = 0; v < logits.length; v++) {
      if (kept[v] == BANNED) {
        smallestBanned = Math.min(smallestBanned, key.applyAsDouble(v));
      } else {
        assertEquals(logits[v], kept[v]);
        keptMass += probabilities[v];
        largestKept = Math.max(largestKept, key.applyAsDouble(v));
      }
    }
    assertTrue(keptMass >= mass - 1e-9, () -> sampler + " keeps too little");
    assertTrue(largestKept <= smallestBanned + 1e-9, () -> sampler + " keeps the wrong ones");
    double last = 0;
    for (int v = 0; v < logits.length; v++) {
      if (kept[v] != BANNED && key.applyAsDouble(v) >= largestKept - 1e-9) {
        last = Math.max(last, probabilities[v]);
      }
    }
    assertTrue(keptMass - last < mass + 1e-9, sampler + " keeps one too many");
  }

  @Property(seed = "20260101")
  void minPKeepsWhatItsDefinitionSays(
      @ForAll("logits") float[] logits, @ForAll @DoubleRange(min = 0.01, max = 0.99) double p) {
    double[] probabilities = softmax(logits);
    double max = Arrays.stream(probabilities).max().orElseThrow();
    float[] kept = reshaped(Sampler.minP(p), logits);
    for (int v = 0; v < logits.length; v++) {
      if (kept[v] == BANNED) {
        assertTrue(probabilities[v] < p * max * (1 + 1e-6));
      } else {
        assertTrue(probabilities[v] > p * max * (1 - 1e-6));
      }
    }
  }

  /** Every sampler: what is drawn has the distribution that is left, computed here from it. */
  @Property(seed = "20260101", tries = 40)
  void countsAreThoseOfEverySampler(
      @ForAll("fewLogits") float[] logits, @ForAll("samplers") Sampler sampler, @ForAll int seed) {
    Sampler later = sampler;
    for (int id = 0; id < logits.length; id += 2) {
      later = later.after(id);
    }
    float[] shaped = reshaped(later, logits);
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[logits.length];
    for (int i = 0; i < 20_000; i++) {
      counts[Draw.from(shaped, random.nextDouble()).id()]++;
    }
    double[] probabilities = softmax(shaped);
    if (Arrays.stream(probabilities).filter(value -> value > 0).count() > 1) {
      ChiSquare.assertFits(probabilities, counts, sampler + ", seed " + seed);
    } else {
      assertEquals(20_000, Arrays.stream(counts).max().orElseThrow());
    }
  }

  @Provide
  Arbitrary<Sampler> samplers() {
    return Arbitraries.of(
        Sampler.topP(0.7),
        Sampler.minP(0.3),
        Sampler.typical(0.6),
        Sampler.penalties(1.3, 0.2, 0.1, 4),
        Sampler.bias(Map.of(0, 1.5, 1, Double.NEGATIVE_INFINITY)),
        Sampler.temperature(TemperatureSchedule.linear(1.5, 0.5, 10)),
        Sampler.mirostat(1.2, 0.1),
        Sampler.penalties(1.2, 0, 0, 8)
            .then(Sampler.topK(6))
            .then(Sampler.topP(0.9))
            .then(Sampler.temperature(0.8)));
  }

  private static double[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] = Math.exp(logits[v] - max);
      sum += probabilities[v];
    }
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] /= sum;
    }
    return probabilities;
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
