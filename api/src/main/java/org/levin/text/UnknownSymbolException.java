package org.levin.text;

import java.nio.CharBuffer;
import java.util.List;
import java.util.stream.Collectors;

/** A text has a symbol that the vocabulary lacks. */
public final class UnknownSymbolException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int LISTED = 20;

  private final String symbol;
  private final long position;
  private final String[] symbols;

  /**
   * Makes the exception for the first unknown symbol of a text.
   *
   * @param symbol the symbol, one code point
   * @param position its 0-based index in code points from the start of the text
   */
  public UnknownSymbolException(String symbol, long position) {
    this(symbol, position, List.of(symbol));
  }

  /**
   * Makes the exception for a text that was searched for unknown symbols to its end.
   *
   * @param symbol the first of them in the text, one code point
   * @param position its 0-based index in code points from the start of the text
   * @param symbols all of them, each once; the message lists the first few
   */
  public UnknownSymbolException(String symbol, long position, List<String> symbols) {
    super(message(symbol, position, symbols));
    this.symbol = symbol;
    this.position = position;
    this.symbols = symbols.toArray(String[]::new);
  }

  /**
   * Returns the exception for the symbol at the absolute index {@code at} of a text that starts at
   * {@code start}.
   */
  static UnknownSymbolException at(CharBuffer text, int start, int at) {
    CharBuffer before = text.duplicate().position(start).limit(at);
    String symbol = Character.toString(Symbols.codePointAt(text, at));
    return new UnknownSymbolException(symbol, before.codePoints().count());
  }

  /** Returns the symbol: one code point, or half a surrogate pair. */
  public String symbol() {
    return symbol;
  }

  /** Returns the 0-based index of the symbol in code points from the start of the text. */
  public long position() {
    return position;
  }

  /**
   * Returns the symbols of the text that are known to be missing, each once; {@link #symbol()}
   * alone if the rest was not searched.
   */
  public List<String> symbols() {
    return List.of(symbols);
  }

  private static String message(String symbol, long position, List<String> symbols) {
    String more = "";
    if (symbols.size() > 1) {
      more =
          "; it lacks %d symbols of this text: %s%s"
              .formatted(
                  symbols.size(),
                  symbols.stream()
                      .limit(LISTED)
                      .map(UnknownSymbolException::describe)
                      .collect(Collectors.joining(", ")),
                  symbols.size() > LISTED ? ", ..." : "");
    }
    return "the vocabulary has no %s, which is at position %d of the text (in code points, from 0)%s; skip unknown symbols, replace them, or take a vocabulary that has them"
        .formatted(describe(symbol), position, more);
  }

  private static String describe(String symbol) {
    return Symbols.describe(symbol.codePointAt(0));
  }
}
