package org.levin.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.levin.internal.Arguments;
import org.levin.internal.Softmax;
import org.levin.text.Vocabulary;

/**
 * The probabilities of the next symbol, as the model has them: no sampler has reshaped them.
 * Immutable.
 */
public final class Distribution {
  private final Vocabulary vocabulary;
  private final float[] logits;
  private final double logSumExp;

  private Distribution(Vocabulary vocabulary, float[] logits) {
    this.vocabulary = vocabulary;
    this.logits = logits;
    this.logSumExp = Softmax.logSumExp(logits, 0, logits.length);
  }

  /**
   * Returns {@code softmax(logits)}.
   *
   * @param logits {@code [V]}; copied
   * @throws IllegalArgumentException if there are not as many logits as symbols
   * @throws IllegalStateException if a logit is NaN or positive infinity, or none is finite
   */
  public static Distribution of(Vocabulary vocabulary, float[] logits) {
    Arguments.require(
        logits.length == vocabulary.size(),
        "logits must have %d values, one a symbol, but has %d",
        vocabulary.size(),
        logits.length);
    return new Distribution(vocabulary, logits.clone());
  }

  /** Returns the number of symbols, {@code V}. */
  public int size() {
    return logits.length;
  }

  /** Returns the natural logarithm of the probability of a symbol. */
  public double logProbability(int id) {
    return logits[Objects.checkIndex(id, logits.length)] - logSumExp;
  }

  /** Returns the probability of a symbol. */
  public double probability(int id) {
    return StrictMath.exp(logProbability(id));
  }

  /**
   * Returns the probability of a symbol.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks it
   * @throws IllegalArgumentException if it takes several symbols of this vocabulary
   */
  public double probability(String symbol) {
    int[] ids = vocabulary.encode(symbol);
    Arguments.require(
        ids.length == 1,
        "a single symbol is needed, but \"%s\" takes %d in this vocabulary",
        symbol,
        ids.length);
    return probability(ids[0]);
  }

  /**
   * Returns the place of a symbol in order of probability: 1 for the most likely, among equals the
   * lower id first.
   */
  public int rank(int id) {
    return rank(logits, 0, logits.length, Objects.checkIndex(id, logits.length));
  }

  /** Returns the rank in logits that stand from {@code offset} on. */
  static int rank(float[] logits, int offset, int size, int id) {
    float own = logits[offset + id];
    int rank = 1;
    for (int v = 0; v < size; v++) {
      float other = logits[offset + v];
      if (other > own || other == own && v < id) {
        rank++;
      }
    }
    return rank;
  }

  /** Returns the expected surprise, in nats: 0 if one symbol is certain, at most {@code ln V}. */
  public double entropy() {
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      double probability = probability(id);
      sum -= probability > 0 ? probability * logProbability(id) : 0;
    }
    return sum;
  }

  /** Returns the ids, the most likely first; among equals, the lower first. */
  public List<Integer> ranked() {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -logits[id]))
        .toList();
  }

  /** Returns the five most likely symbols with their probabilities. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Distribution[");
    for (int id : ranked().subList(0, Math.min(5, size()))) {
      text.append(vocabulary.display(id)).append(' ').append((float) probability(id)).append(", ");
    }
    return text.append("...]").toString();
  }
}
