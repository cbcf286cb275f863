package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.levin.internal.ChiSquare;

class DrawTest {
  private static final float BANNED = Float.NEGATIVE_INFINITY;
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  @Test
  void drawsFromTheSoftmax() {
    float[] logits = {0.3f, -2, BANNED, 1.7f, 0, -1.1f, 1.7f};
    int draws = 100_000;
    long seed = 20260101;
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[logits.length];
    for (int i = 0; i < draws; i++) {
      counts[Draw.from(logits, random.nextDouble()).id()]++;
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] = Math.exp(logits[v]) / sum;
    }
    ChiSquare.assertFits(probabilities, counts, "seed " + seed);
  }

  @Test
  void takesTheSymbolInWhoseShareTheNumberLies() {
    float[] logits = {(float) Math.log(1), (float) Math.log(2), (float) Math.log(5)};
    assertEquals(0, Draw.from(logits, 0).id());
    assertEquals(0, Draw.from(logits, 0.1249).id());
    assertEquals(1, Draw.from(logits, 0.1251).id());
    assertEquals(1, Draw.from(logits, 0.3749).id());
    assertEquals(2, Draw.from(logits, 0.3751).id());
    assertEquals(2, Draw.from(logits, ALMOST_ONE).id());
  }

  @Test
  void aSymbolOnTheBorderGoesToTheNextShare() {
    assertEquals(1, Draw.from(new float[] {0, 0}, 0.5).id());
    assertEquals(0, Draw.from(new float[] {0, 0}, Math.nextDown(0.5)).id());
  }

  @Test
  void neverTakesABannedSymbolAtEitherEnd() {
    assertEquals(1, Draw.from(new float[] {BANNED, 3, BANNED}, 0).id());
    assertEquals(1, Draw.from(new float[] {BANNED, 3, BANNED}, ALMOST_ONE).id());
  }

  /** Rounding leaves some sums a crumb short of what is subtracted from them. */
  @Test
  void theCrumbThatRoundingLeavesGoesToTheLastSymbolThatIsNotBanned() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2_000; i++) {
      float[] logits = new float[40];
      for (int v = 0; v < 39; v++) {
        logits[v] = (float) random.nextDouble(-3, 3);
      }
      logits[39] = BANNED;
      assertEquals(38, Draw.from(logits, 1 + 1e-15).id(), "a number that no share holds");
      assertTrue(Draw.from(logits, ALMOST_ONE).id() <= 38);
    }
  }

  @Test
  void isAtHomeWithLogitsFarFromZero() {
    assertEquals(1, Draw.from(new float[] {-3e38f, 3e38f}, 0).id());
    assertEquals(1, Draw.from(new float[] {1e30f, 1e30f, -1e30f}, 0.75).id());
  }

  @Test
  void saysWithWhichProbabilityItDrew() {
    float[] logits = {(float) Math.log(1), BANNED, (float) Math.log(3)};
    assertEquals(0.25, Draw.from(logits, 0).probability(), 1e-7);
    assertEquals(0.75, Draw.from(logits, 0.9).probability(), 1e-7);
  }

  @Test
  void leavesTheLogitsAlone() {
    float[] logits = {1, BANNED, 2};
    Draw.from(logits, 0.3);
    assertArrayEquals(new float[] {1, BANNED, 2}, logits);
  }

  @Test
  void refusesWhatIsNoDistribution() {
    String rest = ", but must be a finite number, or negative infinity to ban the symbol";
    refuses("the logit of symbol 1 is NaN" + rest, 0, Float.NaN, 1);
    refuses("the logit of symbol 2 is Infinity" + rest, 0, 1, Float.POSITIVE_INFINITY);
    refuses("every symbol is banned; nothing can be drawn", BANNED, BANNED);
  }

  private static void refuses(String message, float... logits) {
    var refusal = assertThrows(IllegalStateException.class, () -> Draw.from(logits, 0.5));
    assertEquals(message, refusal.getMessage());
  }
}
