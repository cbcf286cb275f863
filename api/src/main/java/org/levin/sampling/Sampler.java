package org.levin.sampling;

import org.levin.internal.Arguments;

/**
 * Reshapes the distribution that the next symbol is drawn from, by changing its logits.
 *
 * <p>The draw itself is the session's: symbol {@code v} is taken with probability {@code
 * softmax(logits)[v]}. A sampler holds no state, and may be shared.
 */
@FunctionalInterface
public interface Sampler {

  /**
   * Changes the logits in place.
   *
   * @param logits {@code [V]}; modified; {@link Float#NEGATIVE_INFINITY} bans a symbol. One at
   *     least must stay finite
   */
  void reshape(float[] logits);

  /** Returns the sampler that does this and then {@code next}. */
  default Sampler then(Sampler next) {
    return new SamplerChain(this, next);
  }

  /** Returns the sampler that changes nothing: the model's own distribution. */
  static Sampler unchanged() {
    return new Temperature(1);
  }

  /**
   * Returns the sampler that divides the logits: below 1 the likely becomes likelier, above 1 less
   * so.
   *
   * @param temperature above 0; for the limit of 0 see {@link #greedy()}
   */
  static Sampler temperature(double temperature) {
    return new Temperature(temperature);
  }

  /**
   * Returns the sampler that keeps the {@code k} most likely symbols; among equals, those with the
   * lower ids.
   *
   * @param k at least 1; more than there are symbols keeps all
   * @see <a href="https://arxiv.org/abs/1805.04833">Fan, Lewis &amp; Dauphin (2018)</a>
   */
  static Sampler topK(int k) {
    return new TopK(Arguments.atLeast(1, k, "topK"));
  }

  /** Returns the sampler that leaves only the most likely symbol. */
  static Sampler greedy() {
    return topK(1);
  }
}
