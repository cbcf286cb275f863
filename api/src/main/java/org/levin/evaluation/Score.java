package org.levin.evaluation;

import java.util.Arrays;
import java.util.Objects;

/** The probability that a model gives to a text, symbol by symbol. Immutable. */
public final class Score implements Likelihood {
  private final ScoredSymbol[] symbols;
  private final long utf8Bytes;
  private final double logProbability;

  /** Keeps the array. */
  Score(ScoredSymbol[] symbols, long utf8Bytes) {
    this.symbols = symbols;
    this.utf8Bytes = utf8Bytes;
    // One after the other, as a scorer adds up a text that comes in pieces.
    double sum = 0;
    for (ScoredSymbol symbol : symbols) {
      sum += symbol.logProbability();
    }
    this.logProbability = sum;
  }

  @Override
  public long tokens() {
    return symbols.length;
  }

  @Override
  public long utf8Bytes() {
    return utf8Bytes;
  }

  @Override
  public double logProbability() {
    return logProbability;
  }

  /**
   * Returns scored symbol {@code k}; where the text's first symbol only conditions, that is the
   * text's symbol {@code k + 1}.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= k < tokens()}
   */
  public ScoredSymbol symbol(int k) {
    return symbols[Objects.checkIndex(k, symbols.length)];
  }

  /** Returns the natural logarithm of the probability of each scored symbol, in order. */
  public double[] logProbabilities() {
    return Arrays.stream(symbols).mapToDouble(ScoredSymbol::logProbability).toArray();
  }

  /** Returns the rank of each scored symbol, in order: 1 for the most likely one. */
  public int[] ranks() {
    return Arrays.stream(symbols).mapToInt(ScoredSymbol::rank).toArray();
  }

  @Override
  public String toString() {
    return "Score[tokens=" + tokens() + ", natsPerToken=" + natsPerToken() + "]";
  }
}
