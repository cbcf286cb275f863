package org.levin.provenance;

import java.time.OffsetDateTime;
import java.util.Objects;
import org.levin.internal.Arguments;
import org.levin.text.Source;

/**
 * What there is to know about a model whose weights another library trained, in plain values.
 *
 * @param model name of the model's class
 * @param importer name of the class that read the weights
 * @param weights the file with the weights
 * @param vocabulary the file with the vocabulary
 * @param vocabularySize the number of symbols, at least 1
 * @param vocabularyFingerprint {@link org.levin.text.Vocabulary#fingerprint()}
 * @param time when it was imported
 */
public record ImportRecord(
    String model,
    String importer,
    Source weights,
    Source vocabulary,
    int vocabularySize,
    String vocabularyFingerprint,
    OffsetDateTime time) {

  /** Checks size and fingerprint. */
  public ImportRecord {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(importer, "importer");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(time, "time");
    Arguments.atLeast(1, vocabularySize, "vocabularySize");
    Arguments.sha256(vocabularyFingerprint, "vocabularyFingerprint");
  }
}
