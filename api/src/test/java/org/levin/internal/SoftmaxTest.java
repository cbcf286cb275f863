package org.levin.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private static final float BANNED = Float.NEGATIVE_INFINITY;

  @Test
  void sharesOutOne() {
    float[] logits = {(float) Math.log(1), BANNED, (float) Math.log(2), (float) Math.log(5)};
    assertArrayEquals(new double[] {0.125, 0, 0.25, 0.625}, Softmax.probabilities(logits), 1e-7);
    assertEquals(Math.log(8), Softmax.logSumExp(logits, 0, 4), 1e-7);
    assertEquals(Math.log(7), Softmax.logSumExp(logits, 1, 3), 1e-7);
  }

  @Test
  void isAtHomeFarFromZero() {
    assertArrayEquals(
        new double[] {0.5, 0.5, 0}, Softmax.probabilities(new float[] {3e38f, 3e38f, -3e38f}));
    assertEquals(-1e30, Softmax.logSumExp(new float[] {-1e30f}, 0, 1), 1e24);
  }

  @Test
  void refusesWhatIsNoDistributionAndNamesTheSymbol() {
    float[] logits = {0, 1, 2, Float.NaN};
    var refusal = assertThrows(IllegalStateException.class, () -> Softmax.logSumExp(logits, 1, 3));
    assertTrue(refusal.getMessage().startsWith("the logit of symbol 2 is NaN"));
    assertThrows(
        IllegalStateException.class,
        () -> Softmax.requireMax(new float[] {Float.POSITIVE_INFINITY}));
    assertThrows(
        IllegalStateException.class, () -> Softmax.probabilities(new float[] {BANNED, BANNED}));
    assertThrows(IllegalStateException.class, () -> Softmax.probabilities(new float[0]));
  }
}
