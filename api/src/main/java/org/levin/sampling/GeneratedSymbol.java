package org.levin.sampling;

import org.levin.evaluation.Distribution;
import org.levin.text.Vocabulary;

/** A symbol that was written. Immutable. */
public final class GeneratedSymbol {
  private final int id;
  private final String text;
  private final Vocabulary vocabulary;

  /** Of the place where it stands; kept because few ask for probabilities, which take time. */
  private final float[] logits;

  /** Keeps the logits. */
  GeneratedSymbol(int id, String text, Vocabulary vocabulary, float[] logits) {
    this.id = id;
    this.text = text;
    this.vocabulary = vocabulary;
    this.logits = logits;
  }

  GeneratedSymbol withText(String other) {
    return new GeneratedSymbol(id, other, vocabulary, logits);
  }

  /** Returns its number in the vocabulary. */
  public int id() {
    return id;
  }

  /**
   * Returns the text that it completes: one character as a rule, and nothing while a character of
   * several bytes is not whole.
   */
  public String text() {
    return text;
  }

  /** Returns what the model expected in its place, before any sampler. */
  public Distribution distribution() {
    return Distribution.of(vocabulary, logits);
  }

  /** Returns the natural logarithm of its probability as the model had it, before any sampler. */
  public double logProbability() {
    return distribution().logProbability(id);
  }

  @Override
  public String toString() {
    return "GeneratedSymbol[id=" + id + ", text=" + text + "]";
  }
}
