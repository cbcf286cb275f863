package org.levin.evaluation;

import java.util.Arrays;
import org.levin.internal.Arguments;

/**
 * The probability that a model gives to a text, symbol by symbol. The first symbol conditions and
 * has no probability of its own.
 */
public final class Score {
  private final double[] logProbabilities;

  private Score(double[] logProbabilities) {
    this.logProbabilities = logProbabilities;
  }

  /**
   * Returns the score of these natural logarithms of probabilities.
   *
   * @param logProbabilities entry {@code k} is {@code ln p(symbol k+1 | symbols 0..k)}; at least
   *     one; copied
   */
  public static Score of(double... logProbabilities) {
    Arguments.atLeast(1, logProbabilities.length, "the number of scored symbols");
    return new Score(logProbabilities.clone());
  }

  /** Returns the number of symbols that were scored. */
  public int tokens() {
    return logProbabilities.length;
  }

  /** Returns a copy of {@code ln p(symbol k+1 | symbols 0..k)}, one value a scored symbol. */
  public double[] logProbabilities() {
    return logProbabilities.clone();
  }

  /** Returns the mean cross-entropy in nats a symbol. */
  public double natsPerToken() {
    // Not the negated sum: what is certain costs 0, not -0.
    return (0 - Arrays.stream(logProbabilities).sum()) / logProbabilities.length;
  }

  /** Returns the mean cross-entropy in bits a symbol. */
  public double bitsPerToken() {
    return natsPerToken() / StrictMath.log(2);
  }

  /**
   * Returns e to the power of {@link #natsPerToken()}: how many equally likely symbols it would be.
   */
  public double perplexity() {
    return StrictMath.exp(natsPerToken());
  }

  @Override
  public String toString() {
    return "Score[tokens=" + tokens() + ", natsPerToken=" + natsPerToken() + "]";
  }
}
