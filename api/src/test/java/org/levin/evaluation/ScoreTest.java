package org.levin.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScoreTest {

  /** p = 1/2, 1/4, 1/8: two bits a symbol on average, as if there were four to choose from. */
  @Test
  void hasTheNumbersThatOneWorksOutByHand() {
    Score score = Score.of(Math.log(1 / 2.0), Math.log(1 / 4.0), Math.log(1 / 8.0));
    assertEquals(3, score.tokens());
    assertEquals(2, score.bitsPerToken(), 1e-15);
    assertEquals(2 * 0.6931471805599453, score.natsPerToken(), 1e-15);
    assertEquals(4, score.perplexity(), 1e-14);
  }

  @Test
  void whatIsCertainCostsNothing() {
    Score score = Score.of(0, 0);
    assertEquals(0.0, score.natsPerToken(), "not minus zero");
    assertEquals(0.0, score.bitsPerToken());
    assertEquals(1.0, score.perplexity());
  }

  @Test
  void whatIsImpossibleCostsInfinitelyMuch() {
    Score score = Score.of(-1, Double.NEGATIVE_INFINITY);
    assertEquals(Double.POSITIVE_INFINITY, score.bitsPerToken());
    assertEquals(Double.POSITIVE_INFINITY, score.perplexity());
  }

  @Test
  void keepsItsValuesWhateverBecomesOfTheArrays() {
    double[] values = {-1, -3};
    Score score = Score.of(values);
    values[0] = 0;
    score.logProbabilities()[1] = 0;
    assertArrayEquals(new double[] {-1, -3}, score.logProbabilities());
    assertEquals("Score[tokens=2, natsPerToken=2.0]", score.toString());
  }

  @Test
  void needsASymbol() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Score.of());
    assertEquals(
        "the number of scored symbols must be at least 1, but was 0", refusal.getMessage());
  }
}
