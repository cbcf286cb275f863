package org.levin.text;

import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.levin.internal.Arguments;
import org.levin.internal.CodePointIds;

/**
 * A symbol is a Unicode code point; those outside the basic plane are one symbol, not two halves.
 */
final class CodePointVocabulary implements Vocabulary, CodePointIds {

  private static final int PAGE_BITS = 8;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;
  private static final int UNKNOWN = -1;
  private static final int SKIP = -2;
  private static final int[] EMPTY_PAGE = emptyPage();

  /** Code point of every id. */
  private final int[] codePoints;

  /** Id of every code point, in pages of which most are the one empty page. */
  private final int[][] pages = new int[(Character.MAX_CODE_POINT >>> PAGE_BITS) + 1][];

  private final String fingerprint;

  /** Keeps the array. */
  private CodePointVocabulary(int[] codePoints) {
    Arguments.require(
        codePoints.length > 0,
        "a vocabulary needs at least one symbol, but there is none (is the text empty?)");
    this.codePoints = codePoints;
    Arrays.fill(pages, EMPTY_PAGE);
    for (int id = 0; id < codePoints.length; id++) {
      enter(codePoints[id], id);
    }
    this.fingerprint = Vocabulary.super.fingerprint();
  }

  private void enter(int codePoint, int id) {
    int[] page = pages[codePoint >>> PAGE_BITS];
    if (page == EMPTY_PAGE) {
      page = emptyPage();
      pages[codePoint >>> PAGE_BITS] = page;
    }
    int earlier = page[codePoint & (PAGE_SIZE - 1)];
    if (earlier >= 0) {
      throw new IllegalArgumentException(
          "symbols %d and %d are both %s".formatted(earlier, id, Symbols.describe(codePoint)));
    }
    page[codePoint & (PAGE_SIZE - 1)] = id;
  }

  private static int[] emptyPage() {
    int[] page = new int[PAGE_SIZE];
    Arrays.fill(page, UNKNOWN);
    return page;
  }

  static CodePointVocabulary sorted(IntStream codePoints) {
    BitSet seen = new BitSet();
    codePoints.forEach(codePoint -> seen.set(checked(codePoint)));
    return new CodePointVocabulary(seen.stream().toArray());
  }

  private static int checked(int codePoint) {
    Arguments.require(
        Character.isValidCodePoint(codePoint), "%d is no Unicode code point", codePoint);
    if (Symbols.isSurrogate(codePoint)) {
      throw new IllegalArgumentException(
          Symbols.describe(codePoint) + " is no character: the text is no well-formed Unicode");
    }
    return codePoint;
  }

  static CodePointVocabulary ordered(List<byte[]> symbols) {
    int[] codePoints = new int[symbols.size()];
    for (int id = 0; id < codePoints.length; id++) {
      OptionalInt codePoint = Symbols.codePoint(symbols.get(id));
      Arguments.require(
          codePoint.isPresent(),
          "symbol %d must be one character in UTF-8, but its %d bytes are not",
          id,
          symbols.get(id).length);
      codePoints[id] = codePoint.getAsInt();
    }
    return new CodePointVocabulary(codePoints);
  }

  @Override
  public String type() {
    return CODE_POINTS;
  }

  @Override
  public int size() {
    return codePoints.length;
  }

  @Override
  public byte[] symbol(int id) {
    return Character.toString(codePoints[id]).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void encode(CharBuffer text, UnknownSymbols unknown, IntBuffer ids) {
    int substitute = substitute(unknown);
    int start = text.position();
    int end = text.limit();
    int at = start;
    while (at < end && ids.hasRemaining()) {
      at += encodeBasic(text, at, ids);
      if (at == end || !ids.hasRemaining()) {
        break;
      }
      int codePoint = Symbols.codePointAt(text, at);
      int id = id(codePoint);
      if (id < 0) {
        if (substitute == UNKNOWN) {
          throw UnknownSymbolException.at(text, start, at);
        }
        id = substitute;
      }
      if (id >= 0) {
        ids.put(id);
      }
      at += Character.charCount(codePoint);
    }
    text.position(at);
  }

  /**
   * Encodes known symbols of one char, which are nearly all, and returns how many there were up to
   * the first other. Half a surrogate pair is never known, so nothing here looks for pairs.
   */
  private int encodeBasic(CharBuffer text, int start, IntBuffer ids) {
    int room = Math.min(text.limit() - start, ids.remaining());
    int first = ids.position();
    int count = 0;
    while (count < room) {
      int unit = text.get(start + count);
      int id = pages[unit >>> PAGE_BITS][unit & (PAGE_SIZE - 1)];
      if (id < 0) {
        break;
      }
      ids.put(first + count, id);
      count++;
    }
    ids.position(first + count);
    return count;
  }

  /** Returns the id to write for an unknown symbol, or what else to do. */
  private int substitute(UnknownSymbols unknown) {
    return switch (unknown) {
      case UnknownSymbols.Fail _ -> UNKNOWN;
      case UnknownSymbols.Skip _ -> SKIP;
      case UnknownSymbols.Replace replace -> {
        int id = id(replace.codePoint());
        Arguments.require(
            id >= 0,
            "unknown symbols cannot be replaced by %s: the vocabulary has no such symbol either",
            Symbols.describe(replace.codePoint()));
        yield id;
      }
    };
  }

  @Override
  public int id(int codePoint) {
    return pages[codePoint >>> PAGE_BITS][codePoint & (PAGE_SIZE - 1)];
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePointVocabulary that && Arrays.equals(codePoints, that.codePoints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints);
  }

  @Override
  public String toString() {
    return "vocabulary of %d code points".formatted(size());
  }
}
