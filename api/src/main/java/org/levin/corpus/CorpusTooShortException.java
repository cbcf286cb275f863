package org.levin.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A text has fewer tokens than one batch needs; the message names sizes that would fit. */
public final class CorpusTooShortException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final long tokens;

  /**
   * Makes the exception for a batch {@code [B,T]} that does not fit.
   *
   * @param tokens how many there are, fewer than {@code batchSize * sequenceLength}
   * @param batchSize {@code B}
   * @param sequenceLength {@code T}
   */
  public CorpusTooShortException(long tokens, int batchSize, int sequenceLength) {
    super(message(tokens, batchSize, sequenceLength));
    this.tokens = tokens;
  }

  /** Returns how many tokens there are. */
  public long tokens() {
    return tokens;
  }

  private static String message(long tokens, int batchSize, int sequenceLength) {
    return String.format(
        Locale.ROOT,
        "batch size %d with sequence length %d needs %,d tokens, but there are %,d%s",
        batchSize,
        sequenceLength,
        (long) batchSize * sequenceLength,
        tokens,
        tokens == 0
            ? ""
            : "; try " + String.join(", or ", remedies(tokens, batchSize, sequenceLength)));
  }

  private static List<String> remedies(long tokens, int batchSize, int sequenceLength) {
    List<String> remedies = new ArrayList<>();
    if (tokens >= sequenceLength) {
      remedies.add("batch size " + tokens / sequenceLength);
    }
    if (tokens >= batchSize) {
      remedies.add("sequence length " + tokens / batchSize);
    }
    if (remedies.isEmpty()) {
      remedies.add("batch size 1 with sequence length " + tokens);
    }
    return remedies;
  }
}
