package org.levin.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreTest {

  /** p = 1/2, 1/4, 1/8: two bits a symbol on average, as if there were four to choose from. */
  @Test
  void hasTheNumbersThatOneWorksOutByHand() {
    Score score = score(4, Math.log(1 / 2.0), Math.log(1 / 4.0), Math.log(1 / 8.0));
    assertEquals(3, score.tokens());
    assertEquals(2, score.bitsPerToken(), 1e-15);
    assertEquals(2 * 0.6931471805599453, score.natsPerToken(), 1e-15);
    assertEquals(4, score.perplexity(), 1e-14);
    assertEquals(Math.log(1 / 64.0), score.logProbability(), 1e-14);
    assertEquals(4, score.utf8Bytes());
    assertEquals(1.5, score.bitsPerByte(), 1e-15);
  }

  @Test
  void whatIsCertainCostsNothing() {
    Score score = score(2, 0, 0);
    assertEquals(0.0, score.natsPerToken(), "not minus zero");
    assertEquals(0.0, score.bitsPerToken());
    assertEquals(0.0, score.bitsPerByte());
    assertEquals(1.0, score.perplexity());
  }

  @Test
  void whatIsImpossibleCostsInfinitelyMuch() {
    Score score = score(2, -1, Double.NEGATIVE_INFINITY);
    assertEquals(Double.POSITIVE_INFINITY, score.bitsPerToken());
    assertEquals(Double.POSITIVE_INFINITY, score.perplexity());
  }

  @Test
  void nothingIsCertainAndHasNoMean() {
    Score score = score(0);
    assertEquals(0, score.tokens());
    assertEquals(0.0, score.logProbability());
    assertTrue(Double.isNaN(score.natsPerToken()));
    assertTrue(Double.isNaN(score.bitsPerByte()));
  }

  @Test
  void hasTheSymbolsInOrder() {
    Score score = score(2, -1, -3);
    score.logProbabilities()[1] = 0;
    assertArrayEquals(new double[] {-1, -3}, score.logProbabilities());
    assertArrayEquals(new int[] {1, 2}, score.ranks());
    assertEquals(new ScoredSymbol(1, -3, 2), score.symbol(1));
    assertThrows(IndexOutOfBoundsException.class, () -> score.symbol(2));
    assertEquals("Score[tokens=2, natsPerToken=2.0]", score.toString());
  }

  private static Score score(int bytes, double... logProbabilities) {
    ScoredSymbol[] symbols = new ScoredSymbol[logProbabilities.length];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = new ScoredSymbol(i, logProbabilities[i], i + 1);
    }
    return new Score(symbols, bytes);
  }
}
