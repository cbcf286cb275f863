package org.levin.text;

import org.levin.internal.Arguments;

/** What to do with a symbol of a text that a vocabulary lacks. */
public sealed interface UnknownSymbols {

  /**
   * Returns the policy that throws an {@link UnknownSymbolException}: nothing is lost unnoticed.
   */
  static UnknownSymbols error() {
    return new Fail();
  }

  /** Returns the policy that leaves unknown symbols out. */
  static UnknownSymbols skip() {
    return new Skip();
  }

  /**
   * Returns the policy that writes {@code symbol} in their place.
   *
   * @param symbol one character (code point), which the vocabulary must have
   * @throws IllegalArgumentException if it is not exactly one
   */
  static UnknownSymbols replaceWith(String symbol) {
    return new Replace(symbol);
  }

  /** Throw; see {@link #error()}. */
  record Fail() implements UnknownSymbols {}

  /** Leave out; see {@link #skip()}. */
  record Skip() implements UnknownSymbols {}

  /**
   * Write another symbol; see {@link #replaceWith}.
   *
   * @param symbol exactly one code point
   */
  record Replace(String symbol) implements UnknownSymbols {
    /** Checks that the symbol is one code point. */
    public Replace {
      Arguments.require(
          !symbol.isEmpty()
              && symbol.length() == Character.charCount(symbol.codePointAt(0))
              && !Symbols.isSurrogate(symbol.codePointAt(0)),
          "the replacement for unknown symbols must be exactly one character, but was \"%s\"",
          symbol);
    }

    /** Returns the symbol as a number. */
    public int codePoint() {
      return symbol.codePointAt(0);
    }
  }
}
