package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  private static final float BANNED = Float.NEGATIVE_INFINITY;

  @Test
  void temperatureDividesTheLogits() {
    assertReshaped(logits(2, -1, 0, BANNED), Sampler.temperature(0.5), logits(1, -0.5f, 0, BANNED));
    assertReshaped(logits(0.5f, -0.25f), Sampler.temperature(2), logits(1, -0.5f));
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

  @Test
  void saysWhatItDoes() {
    assertEquals("temperature(1.0)", Sampler.unchanged().toString());
    assertEquals("top-k(1)", Sampler.greedy().toString());
    assertEquals(
        "temperature(0.8) -> top-k(5)", Sampler.temperature(0.8).then(Sampler.topK(5)).toString());
  }

  private static float[] logits(float... values) {
    return values;
  }

  private static void assertReshaped(float[] expected, Sampler sampler, float[] logits) {
    sampler.reshape(logits);
    assertArrayEquals(expected, logits);
  }
}
