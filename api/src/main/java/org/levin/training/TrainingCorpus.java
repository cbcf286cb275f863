package org.levin.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.levin.internal.Arguments;
import org.levin.internal.Printable;
import org.levin.text.Source;

/**
 * What a training knows of its corpus: enough to tell another one from it.
 *
 * @param sources the texts, in order
 * @param tokens their number, at least 1
 * @param trainingTokens how many of them are trained on
 * @param validationTokens how many of them are held out
 * @param checksum of the tokens, 8 hexadecimal digits: how unknown symbols and malformed bytes of
 *     the texts were treated shows in nothing else
 * @param vocabularySize the number of symbols, at least 1
 * @param vocabularyFingerprint {@link org.levin.text.Vocabulary#fingerprint()}
 */
public record TrainingCorpus(
    List<Source> sources,
    long tokens,
    long trainingTokens,
    long validationTokens,
    String checksum,
    int vocabularySize,
    String vocabularyFingerprint) {

  private static final int LONGEST_NAME = 500;

  /** Takes a copy of the list; checks counts and fingerprint. */
  public TrainingCorpus {
    sources = List.copyOf(sources);
    Arguments.atLeast(1, tokens, "tokens");
    Arguments.atLeast(0, trainingTokens, "trainingTokens");
    Arguments.atLeast(0, validationTokens, "validationTokens");
    Arguments.require(
        trainingTokens <= tokens && validationTokens <= tokens - trainingTokens,
        "%d training and %d validation tokens are more than the corpus has: %d",
        trainingTokens,
        validationTokens,
        tokens);
    Arguments.require(
        checksum.matches("[0-9a-f]{8}"),
        "the checksum of the tokens must be 8 hexadecimal digits, but was %.200s",
        checksum);
    Arguments.atLeast(1, vocabularySize, "vocabularySize");
    Arguments.sha256(vocabularyFingerprint, "vocabularyFingerprint");
  }

  /**
   * Returns in what the other differs, texts first; nothing if the very same tokens are trained on.
   * Names of texts do not count.
   */
  public Optional<String> differenceFrom(TrainingCorpus other) {
    if (!hasTheTextsOf(other)) {
      return Optional.of("%s, not %s".formatted(texts(), other.texts()));
    }
    if (!vocabularyFingerprint.equals(other.vocabularyFingerprint)) {
      return Optional.of(
          "a vocabulary of %d symbols with the fingerprint %s, not of %d with %s"
              .formatted(
                  vocabularySize,
                  vocabularyFingerprint,
                  other.vocabularySize,
                  other.vocabularyFingerprint));
    }
    if (tokens != other.tokens || trainingTokens != other.trainingTokens) {
      return Optional.of(
          "%d tokens, %d to train on, not %d and %d"
              .formatted(tokens, trainingTokens, other.tokens, other.trainingTokens));
    }
    if (!checksum.equals(other.checksum)) {
      return Optional.of(
          "tokens with the checksum %s, not %s: unknown symbols or malformed bytes were treated otherwise"
              .formatted(checksum, other.checksum));
    }
    return Optional.empty();
  }

  private boolean hasTheTextsOf(TrainingCorpus other) {
    boolean same = sources.size() == other.sources.size();
    for (int i = 0; same && i < sources.size(); i++) {
      same = sources.get(i).hasTheBytesOf(other.sources.get(i));
    }
    return same;
  }

  private String texts() {
    return sources.stream()
        .map(
            source ->
                "%s (%d bytes, SHA-256 %s)"
                    .formatted(
                        Printable.of(source.name(), LONGEST_NAME), source.size(), source.sha256()))
        .collect(Collectors.joining(" and "));
  }
}
