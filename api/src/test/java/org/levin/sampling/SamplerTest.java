package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.UnknownSymbolException;
import org.levin.text.Vocabulary;

class SamplerTest {
  private static final float BANNED = Float.NEGATIVE_INFINITY;

  @Test
  void temperatureDividesTheLogits() {
    assertReshaped(logits(2, -1, 0, BANNED), Sampler.temperature(0.5), logits(1, -0.5f, 0, BANNED));
    assertReshaped(logits(0.5f, -0.25f), Sampler.temperature(2), logits(1, -0.5f));
  }

  @Test
  void theSmallestTemperaturesAreGreedy() {
    for (float shift : new float[] {5, -5}) {
      float[] logits = logits(shift, shift - 1, BANNED);
      Sampler.temperature(1e-40).reshape(logits);
      assertEquals(0, Draw.from(logits, 0.999).id());
    }
  }

  @Test
  void unchangedChangesNothing() {
    float[] logits = logits(1.5f, -0f, BANNED, Float.MIN_VALUE);
    assertReshaped(logits.clone(), Sampler.unchanged(), logits);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesATemperatureThatIsNotAboveZero(double temperature) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Sampler.temperature(temperature));
    assertEquals(
        "temperature must be a finite number above 0, but was " + temperature,
        refusal.getMessage());
  }

  @Test
  void topKKeepsTheMostLikely() {
    assertReshaped(
        logits(BANNED, 5, BANNED, 4, BANNED), Sampler.topK(2), logits(3, 5, -7, 4, 3.5f));
  }

  @Test
  void topKKeepsExactlyKAmongEqualsThoseWithTheLowerIds() {
    assertReshaped(
        logits(1, 9, 1, BANNED, BANNED, BANNED), Sampler.topK(3), logits(1, 9, 1, 1, 1, 0));
    assertReshaped(logits(2, 2, BANNED), Sampler.topK(2), logits(2, 2, 2));
    assertReshaped(logits(-0f, BANNED), Sampler.topK(1), logits(-0f, 0f));
    assertReshaped(logits(BANNED, 1, BANNED), Sampler.topK(2), logits(BANNED, 1, BANNED));
  }

  @Test
  void topKOfAllSymbolsOrMoreChangesNothing() {
    float[] logits = logits(3, 1, 2);
    assertReshaped(logits.clone(), Sampler.topK(3), logits);
    assertReshaped(logits.clone(), Sampler.topK(Integer.MAX_VALUE), logits);
  }

  @Test
  void topKDoesNotHideALogitThatIsNoNumber() {
    assertReshaped(logits(Float.NaN, 2, BANNED), Sampler.topK(2), logits(Float.NaN, 2, 1));
    assertReshaped(logits(BANNED, Float.NaN), Sampler.topK(1), logits(BANNED, Float.NaN));
  }

  @Test
  void refusesToKeepNoSymbol() {
    for (int k : new int[] {0, -3}) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> Sampler.topK(k));
      assertEquals("topK must be at least 1, but was " + k, refusal.getMessage());
    }
  }

  @Test
  void greedyLeavesTheFirstOfTheMostLikely() {
    assertReshaped(logits(BANNED, 4, BANNED, BANNED), Sampler.greedy(), logits(1, 4, 4, 3));
  }

  /** p = 0.5, 0.25, 0.125, 0.0625, 0.0625. */
  private static float[] halves() {
    return logits(ln(8), ln(4), ln(2), ln(1), ln(1));
  }

  @Test
  void topPKeepsTheFewestThatReachTheShare() {
    assertKept(Sampler.topP(0.4), halves(), 0);
    assertKept(Sampler.topP(0.6), halves(), 0, 1);
    assertKept(Sampler.topP(0.8), halves(), 0, 1, 2);
    assertKept(Sampler.topP(0.9), halves(), 0, 1, 2, 3);
    assertKept(Sampler.topP(1), halves(), 0, 1, 2, 3, 4);
    assertKept(Sampler.topP(1e-9), halves(), 0);
    assertKept(Sampler.topP(0.6), logits(1, 1, 1), 0, 1);
    assertKept(Sampler.topP(0.6), logits(BANNED, 0, BANNED), 1);
  }

  @Test
  void minPKeepsWhatIsLikelyBesideTheMostLikely() {
    assertKept(Sampler.minP(0.3), halves(), 0, 1);
    assertKept(Sampler.minP(0.24), halves(), 0, 1, 2);
    assertKept(Sampler.minP(0.1), halves(), 0, 1, 2, 3, 4);
    assertKept(Sampler.minP(1), logits(3, 2, 3), 0, 2);
  }

  /** The entropy is 1.875 bits; -log2 p is 1, 2, 3, 4, 4: the second is nearest, then the first. */
  @Test
  void typicalKeepsWhatIsAboutAsSurprisingAsIsToBeExpected() {
    assertKept(Sampler.typical(0.2), halves(), 1);
    assertKept(Sampler.typical(0.3), halves(), 0, 1);
    assertKept(Sampler.typical(0.76), halves(), 0, 1, 2);
    assertKept(Sampler.typical(0.9), halves(), 0, 1, 2, 3);
    assertKept(Sampler.typical(0.6), logits(1, 1, 1), 0, 1);
    assertKept(Sampler.typical(0.5), logits(0, BANNED, 30, 0), 2);
  }

  @Test
  void theRepetitionPenaltyDividesWhatIsAboveZeroAndMultipliesTheRest() {
    Sampler penalty = Sampler.repetitionPenalty(2).after(0).after(0).after(1).after(3);
    assertReshaped(logits(3, -4, 5, 0), penalty, logits(6, -2, 5, 0));
    assertReshaped(logits(BANNED, 1), Sampler.repetitionPenalty(2).after(0), logits(BANNED, 1));
  }

  @Test
  void frequencyCountsAndPresenceDoesNot() {
    Sampler penalty = Sampler.penalties(1, 0.5, 0.25, 10).after(0).after(0).after(0).after(2);
    assertReshaped(logits(2.25f, 4, 3.25f), penalty, logits(4, 4, 4));
    Sampler favor = Sampler.penalties(1, -1, 0, 10).after(1);
    assertReshaped(logits(0, 1), favor, logits(0, 0));
  }

  @Test
  void penaltiesForgetWhatHasLeftTheWindow() {
    Sampler penalty = Sampler.penalties(1, 0, 1, 2);
    Sampler later = penalty.after(0).after(1).after(2);
    assertReshaped(logits(0, -1, -1, 0), later, logits(0, 0, 0, 0));
    assertReshaped(logits(0, 0, 0, 0), penalty, logits(0, 0, 0, 0));
  }

  @Test
  void aBiasIsAddedAndABanIsABiasWithoutEnd() {
    assertReshaped(
        logits(1, 4.5f, BANNED),
        Sampler.bias(Map.of(1, 2.5, 2, Double.NEGATIVE_INFINITY)),
        logits(1, 2, 3));
    Vocabulary vocabulary = Vocabulary.codePointsOf("ab\ud83d\ude00");
    assertReshaped(
        logits(BANNED, 2, BANNED), Sampler.ban(vocabulary, "\ud83d\ude00a"), logits(1, 2, 3));
    assertReshaped(logits(1, 0, 3), Sampler.bias(vocabulary, "b", -2), logits(1, 2, 3));
  }

  @Test
  void aBiasIsForSingleSymbolsOfTheVocabulary() {
    assertThrows(
        UnknownSymbolException.class, () -> Sampler.ban(Vocabulary.codePointsOf("ab"), "c"));
    assertEquals(
        "a bias is for single symbols, but \"\u00e9\" takes 2 in this vocabulary",
        refusal(() -> Sampler.ban(Vocabulary.bytes(), "a\u00e9")));
    assertEquals(
        "there is a bias for symbol 3, but the vocabulary has only 3 symbols",
        refusal(() -> Sampler.bias(Map.of(3, 1.0)).reshape(logits(1, 2, 3))));
    refusal(() -> Sampler.bias(Map.of(-1, 1.0)));
    refusal(() -> Sampler.bias(Map.of(1, Double.NaN)));
    refusal(() -> Sampler.bias(Map.of(1, Double.POSITIVE_INFINITY)));
  }

  @Test
  void aTemperatureMayChangeAlongTheText() {
    Sampler cooling = Sampler.temperature(TemperatureSchedule.linear(2, 0.5, 3));
    float[] expected = {0.5f, 1 / 1.5f, 1, 2, 2};
    for (float value : expected) {
      float[] logits = logits(1, 0);
      cooling.reshape(logits);
      assertEquals(value, logits[0], 1e-6f);
      cooling = cooling.after(1).afterDraw(0, 0.5);
    }
    Sampler own = Sampler.temperature(draw -> draw == 0 ? 1 : 4);
    assertReshaped(logits(1, 2), own.afterDraw(0, 1), logits(4, 8));
  }

  /** -log2 p is 1, 2, 3, 4, 4; the bound begins at twice the target. */
  @Test
  void mirostatKeepsWhatIsBelowItsBoundAndMovesTheBound() {
    Sampler sampler = Sampler.mirostat(1.55, 0.5);
    assertKept(sampler, halves(), 0, 1, 2);
    // 4 bits were observed, 2.45 too many: the bound goes from 3.1 to 1.875.
    Sampler lower = sampler.afterDraw(3, 1 / 16.0);
    assertKept(lower, halves(), 0);
    // 1 bit: 0.55 too few, and again: 2.15, then 2.425.
    assertKept(lower.afterDraw(0, 0.5), halves(), 0, 1);
    assertKept(lower.afterDraw(0, 0.5).afterDraw(0, 0.5), halves(), 0, 1);
    Sampler lowest = lower.afterDraw(3, 1 / 4096.0);
    assertKept(lowest, halves(), 0);
    assertKept(lowest, logits(2, BANNED, 2), 0, 2);
    assertKept(sampler.after(3), halves(), 0, 1, 2);
  }

  @Test
  void sharesLieAboveZeroAndAreAtMostOne() {
    for (double p : new double[] {0, -0.1, 1.01, Double.NaN}) {
      assertEquals(
          "topP must be above 0 and at most 1, but was " + p, refusal(() -> Sampler.topP(p)));
      assertEquals(
          "minP must be above 0 and at most 1, but was " + p, refusal(() -> Sampler.minP(p)));
      assertEquals(
          "typical must be above 0 and at most 1, but was " + p, refusal(() -> Sampler.typical(p)));
    }
  }

  @Test
  void refusesOtherValuesOutOfRange() {
    refusal(() -> Sampler.repetitionPenalty(0));
    refusal(() -> Sampler.penalties(1, Double.NaN, 0, 5));
    refusal(() -> Sampler.penalties(1, 0, Double.POSITIVE_INFINITY, 5));
    assertEquals(
        "penaltyWindow must lie in [1, 4096], but was 0",
        refusal(() -> Sampler.penalties(1, 0, 0, 0)));
    refusal(() -> Sampler.penalties(1, 0, 0, 4097));
    refusal(() -> Sampler.mirostat(0, 0.1));
    refusal(() -> Sampler.mirostat(1, Double.NaN));
    refusal(() -> TemperatureSchedule.linear(0, 1, 5));
    refusal(() -> TemperatureSchedule.linear(1, -1, 5));
    refusal(() -> TemperatureSchedule.linear(1, 1, 0));
    refusal(() -> Sampler.temperature(draw -> 0).reshape(logits(1, 2)));
  }

  @Test
  void whatIsNoNumberOrHasNoCandidateIsAnErrorNotAnIndex() {
    Sampler[] samplers = {
      Sampler.topP(0.5), Sampler.minP(0.5), Sampler.typical(0.5), Sampler.mirostat(1, 0.1)
    };
    for (Sampler sampler : samplers) {
      assertThrows(
          IllegalStateException.class,
          () -> sampler.reshape(logits(1, Float.NaN)),
          sampler::toString);
      float[] nothing = logits(BANNED, BANNED);
      assertReshaped(nothing.clone(), sampler, nothing);
      assertThrows(IllegalStateException.class, () -> Draw.from(nothing, 0.5));
    }
  }

  @Test
  void aChainWorksFromLeftToRight() {
    Sampler addsOne =
        logits -> {
          for (int v = 0; v < logits.length; v++) {
            logits[v] += 1;
          }
        };
    assertReshaped(logits(4, 6), addsOne.then(Sampler.temperature(0.5)), logits(1, 2));
    assertReshaped(logits(3, 5), Sampler.temperature(0.5).then(addsOne), logits(1, 2));
    assertReshaped(
        logits(BANNED, 7),
        Sampler.temperature(0.5).then(addsOne).then(addsOne.then(Sampler.topK(1))),
        logits(1, 2.5f));
  }

  /** One that looks at nothing stays the same object, and so does a chain of such. */
  @Test
  void aChainHandsWhatWasReadToAllItsParts() {
    Sampler still = Sampler.topK(3).then(Sampler.temperature(0.5));
    assertSame(still, still.after(1).afterDraw(2, 0.5));
    Sampler chain = Sampler.penalties(1, 0, 1, 5).then(Sampler.temperature(0.5));
    assertReshaped(logits(2, 0), chain.after(1), logits(1, 1));
    assertReshaped(logits(2, 2), chain, logits(1, 1));
  }

  @Test
  void saysWhatItDoesInItsOrder() {
    assertEquals("temperature(1.0)", Sampler.unchanged().toString());
    assertEquals("greedy", Sampler.greedy().toString());
    Sampler all =
        Sampler.penalties(1.1, 0.5, 0, 32)
            .then(Sampler.bias(Map.of(3, -1.5)))
            .then(Sampler.topK(40))
            .then(Sampler.typical(0.95))
            .then(Sampler.topP(0.9))
            .then(Sampler.minP(0.05))
            .then(Sampler.temperature(TemperatureSchedule.linear(1.2, 0.6, 100)))
            .then(Sampler.mirostat(2, 0.1));
    assertEquals(
        "penalties(repetition 1.1, frequency 0.5, window 32) -> bias({3=-1.5}) -> top-k(40)"
            + " -> typical(0.95) -> top-p(0.9) -> min-p(0.05) -> temperature(1.2 to 0.6 in 100)"
            + " -> mirostat(2.0, 0.1)",
        all.toString());
  }

  private static float[] logits(float... values) {
    return values;
  }

  private static void assertReshaped(float[] expected, Sampler sampler, float[] logits) {
    sampler.reshape(logits);
    assertArrayEquals(expected, logits);
  }

  private static float ln(double value) {
    return (float) Math.log(value);
  }

  /** Asserts that these symbols keep their logits, and that all others are banned. */
  private static void assertKept(Sampler sampler, float[] logits, int... ids) {
    float[] expected = new float[logits.length];
    Arrays.fill(expected, BANNED);
    for (int id : ids) {
      expected[id] = logits[id];
    }
    assertReshaped(expected, sampler, logits.clone());
  }

  private static String refusal(Executable act) {
    return assertThrows(IllegalArgumentException.class, act).getMessage();
  }
}
