package org.levin.corpus;

import org.levin.internal.Arguments;

/**
 * A row of tokens in two parts, both views: nothing is copied.
 *
 * @param training the first part, from which a model learns
 * @param validation the rest, which it never sees in training; may be empty
 */
public record Split(TokenSequence training, TokenSequence validation) {

  /**
   * Cuts off the tail for validation: {@code size * validationFraction} tokens, rounded to the
   * nearest whole number.
   *
   * @param validationFraction in {@code [0, 1)}; 0 leaves everything for training
   * @throws IllegalArgumentException for another fraction
   */
  public static Split of(TokenSequence tokens, double validationFraction) {
    long validation =
        Math.round(
            tokens.size() * Arguments.fraction(validationFraction, "the validation fraction"));
    long border = tokens.size() - validation;
    return new Split(tokens.slice(0, border), tokens.slice(border, tokens.size()));
  }
}
