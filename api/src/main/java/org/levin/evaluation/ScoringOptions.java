package org.levin.evaluation;

import java.util.Objects;
import java.util.Optional;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * How texts are scored. Never changes; methods that name an option return other options that have
 * it.
 *
 * @param context what a text follows, not scored itself; without one, the first symbol of the text
 *     takes that place and is not scored
 * @param unknownSymbols what to do with symbols that the vocabulary lacks
 */
public record ScoringOptions(Optional<String> context, UnknownSymbols unknownSymbols) {
  private static final ScoringOptions DEFAULTS =
      new ScoringOptions(Optional.empty(), UnknownSymbols.error());

  /** Checks the values. */
  public ScoringOptions {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(unknownSymbols, "unknownSymbols");
  }

  /** Returns the defaults: no context, and an unknown symbol is an error. */
  public static ScoringOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns options with this context, after which every symbol of the text is scored; empty for a
   * text that stands after a line break.
   */
  public ScoringOptions after(String value) {
    return new ScoringOptions(Optional.of(value), unknownSymbols);
  }

  /** Returns options with this policy for symbols that the vocabulary lacks. */
  public ScoringOptions unknownSymbols(UnknownSymbols value) {
    return new ScoringOptions(context, value);
  }

  /** Returns the ids of the context; none without one. */
  int[] contextIds(Vocabulary vocabulary) {
    if (context.isEmpty()) {
      return new int[0];
    }
    int[] ids = vocabulary.encode(context.get(), unknownSymbols);
    return ids.length > 0 ? ids : new int[] {vocabulary.startId()};
  }
}
