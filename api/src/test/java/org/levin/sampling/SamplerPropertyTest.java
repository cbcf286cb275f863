package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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

  /** What the samplers have read before they draw. */
  private static final int[] READ = {1, 0, 1, 0, 0};

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

  /** A sampler, and its definition written down once more, without a thought of speed. */
  private record Defined(Sampler sampler, UnaryOperator<double[]> definition) {
    Defined then(Defined next) {
      return new Defined(
          sampler.then(next.sampler), logits -> next.definition.apply(definition.apply(logits)));
    }
  }

  /** What is drawn has the distribution that the definitions say. */
  @Property(seed = "20260101", tries = 60)
  void countsAreThoseOfEverySamplersDefinition(
      @ForAll("fewLogits") float[] logits, @ForAll("defined") Defined defined, @ForAll int seed) {
    Sampler sampler = defined.sampler;
    for (int id : READ) {
      sampler = sampler.after(id);
    }
    float[] shaped = reshaped(sampler, logits);
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[logits.length];
    for (int i = 0; i < 20_000; i++) {
      counts[Draw.from(shaped, random.nextDouble()).id()]++;
    }
    double[] wide = new double[logits.length];
    Arrays.setAll(wide, v -> logits[v]);
    double[] probabilities = softmax(defined.definition.apply(wide));
    if (Arrays.stream(probabilities).filter(value -> value > 0).count() > 1) {
      ChiSquare.assertFits(probabilities, counts, sampler + ", seed " + seed);
    } else {
      for (int v = 0; v < logits.length; v++) {
        assertEquals(probabilities[v] > 0 ? 20_000 : 0, counts[v], sampler.toString());
      }
    }
  }

  @Provide
  Arbitrary<Defined> defined() {
    Defined topK = keeping(Sampler.topK(3), p -> v -> -p[v], (sum, count) -> count < 3);
    Defined topP = keeping(Sampler.topP(0.7), p -> v -> -p[v], (sum, count) -> sum < 0.7);
    Defined typical =
        keeping(
            Sampler.typical(0.6),
            p -> {
              double entropy = 0;
              for (double value : p) {
                entropy -= value > 0 ? value * Math.log(value) : 0;
              }
              double expected = entropy;
              return v -> Math.abs(-Math.log(p[v]) - expected);
            },
            (sum, count) -> sum < 0.6);
    Defined minP = banning(Sampler.minP(0.3), (p, max) -> p >= 0.3 * max);
    Defined mirostat =
        banning(
            Sampler.mirostat(1.2, 0.1),
            (p, max) -> -Math.log(p) / Math.log(2) <= 2.4 || p.equals(max));
    // Of the last four, 1 occurs once and 0 three times.
    Defined penalties =
        new Defined(
            Sampler.penalties(1.3, 0.2, 0.1, 4),
            logits -> {
              double[] result = logits.clone();
              result[0] = (logits[0] > 0 ? logits[0] / 1.3 : logits[0] * 1.3) - 3 * 0.2 - 0.1;
              result[1] = (logits[1] > 0 ? logits[1] / 1.3 : logits[1] * 1.3) - 0.2 - 0.1;
              return result;
            });
    Defined bias =
        new Defined(
            Sampler.bias(Map.of(0, 1.5, 1, Double.NEGATIVE_INFINITY)),
            logits -> {
              double[] result = logits.clone();
              result[0] += 1.5;
              result[1] = Double.NEGATIVE_INFINITY;
              return result;
            });
    Defined schedule =
        new Defined(
            Sampler.temperature(TemperatureSchedule.linear(1.5, 0.5, 10)),
            logits -> Arrays.stream(logits).map(value -> value / 1.5).toArray());
    return Arbitraries.of(
        topK,
        topP,
        typical,
        minP,
        mirostat,
        penalties,
        bias,
        schedule,
        penalties.then(bias).then(topK).then(typical).then(schedule),
        schedule.then(topP).then(minP));
  }

  /** Keeps symbols in the order of a key while there is room. */
  private static Defined keeping(
      Sampler sampler,
      Function<double[], IntToDoubleFunction> key,
      BiPredicate<Double, Integer> room) {
    return new Defined(
        sampler,
        logits -> {
          double[] p = softmax(logits);
          IntToDoubleFunction rank = key.apply(p);
          List<Integer> order =
              IntStream.range(0, p.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble(rank::applyAsDouble))
                  .toList();
          double[] result = new double[p.length];
          Arrays.fill(result, Double.NEGATIVE_INFINITY);
          double sum = 0;
          for (int i = 0; i < order.size() && room.test(sum, i); i++) {
            result[order.get(i)] = logits[order.get(i)];
            sum += p[order.get(i)];
          }
          return result;
        });
  }

  /** Keeps what is likely enough, given the largest probability. */
  private static Defined banning(Sampler sampler, BiPredicate<Double, Double> kept) {
    return new Defined(
        sampler,
        logits -> {
          double[] p = softmax(logits);
          double max = Arrays.stream(p).max().orElseThrow();
          double[] result = logits.clone();
          for (int v = 0; v < p.length; v++) {
            result[v] = kept.test(p[v], max) ? logits[v] : Double.NEGATIVE_INFINITY;
          }
          return result;
        });
  }

  private static double[] softmax(float[] logits) {
    double[] wide = new double[logits.length];
    Arrays.setAll(wide, v -> logits[v]);
    return softmax(wide);
  }

  private static double[] softmax(double[] logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
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
