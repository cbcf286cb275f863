package org.levin.evaluation;

/** How likely a model finds a text: sums over its scored symbols, and what follows from them. */
public interface Likelihood {

  /** Returns the number of symbols that were scored. */
  long tokens();

  /** Returns the number of bytes that they take in UTF-8. */
  long utf8Bytes();

  /** Returns the natural logarithm of the probability of all of them together. */
  double logProbability();

  /** Returns the mean cross-entropy in nats a symbol; NaN if none was scored. */
  default double natsPerToken() {
    // Not the negated sum: what is certain costs 0, not -0.
    return (0 - logProbability()) / tokens();
  }

  /** Returns the mean cross-entropy in bits a symbol; NaN if none was scored. */
  default double bitsPerToken() {
    return natsPerToken() / StrictMath.log(2);
  }

  /**
   * Returns the mean cross-entropy in bits a byte of UTF-8, which compares models of different
   * vocabularies; NaN if nothing was scored.
   */
  default double bitsPerByte() {
    return (0 - logProbability()) / utf8Bytes() / StrictMath.log(2);
  }

  /**
   * Returns e to the power of {@link #natsPerToken()}: how many equally likely symbols it would be;
   * NaN if none was scored.
   */
  default double perplexity() {
    return StrictMath.exp(natsPerToken());
  }
}
