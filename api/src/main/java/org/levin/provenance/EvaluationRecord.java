package org.levin.provenance;

import java.util.List;
import org.levin.internal.Arguments;
import org.levin.text.Source;

/**
 * What there is to know about the score of a text, in plain values; {@link EvaluationProvenances}
 * turns it into Tribuo's form.
 *
 * @param sources the texts, in order
 * @param tokens their number, at least 1
 * @param vocabularySize the number of symbols of the model, at least 1
 * @param vocabularyFingerprint {@link org.levin.text.Vocabulary#fingerprint()}
 * @param scoredTokens how many of them were scored; the first one of a text only conditions
 * @param natsPerToken the mean cross-entropy
 */
public record EvaluationRecord(
    List<Source> sources,
    long tokens,
    int vocabularySize,
    String vocabularyFingerprint,
    long scoredTokens,
    double natsPerToken) {

  /** Takes a copy of the list; checks counts, fingerprint and loss. */
  public EvaluationRecord {
    sources = List.copyOf(sources);
    Arguments.atLeast(1, tokens, "tokens");
    Arguments.atLeast(1, vocabularySize, "vocabularySize");
    Arguments.sha256(vocabularyFingerprint, "vocabularyFingerprint");
    Arguments.require(
        scoredTokens >= 0 && scoredTokens <= tokens,
        "%d scored tokens are more than the texts have: %d",
        scoredTokens,
        tokens);
    Arguments.finite(natsPerToken, "natsPerToken");
  }
}
