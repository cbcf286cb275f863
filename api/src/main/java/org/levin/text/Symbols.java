package org.levin.text;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;

/** Symbols as code points, and as people read them. */
final class Symbols {
  /** Bytes of the longest character in UTF-8. */
  private static final int LONGEST = 4;

  private Symbols() {}

  /** Returns the code point whose well-formed UTF-8 form {@code bytes} is, if they are one. */
  static OptionalInt codePoint(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > LONGEST) {
      return OptionalInt.empty();
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean one = text.length() == Character.charCount(text.codePointAt(0));
    // What is malformed was replaced, and gives other bytes.
    boolean wellFormed = Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
    return one && wellFormed ? OptionalInt.of(text.codePointAt(0)) : OptionalInt.empty();
  }

  /**
   * Returns the code point at an absolute index, or half a surrogate pair where the other half is
   * missing.
   */
  static int codePointAt(CharBuffer text, int index) {
    char unit = text.get(index);
    if (Character.isHighSurrogate(unit)
        && index + 1 < text.limit()
        && Character.isLowSurrogate(text.get(index + 1))) {
      return Character.toCodePoint(unit, text.get(index + 1));
    }
    return unit;
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Returns {@code "é" (U+00E9)}, or the number alone where nothing could be seen. */
  static String describe(int codePoint) {
    if (isSurrogate(codePoint)) {
      return number(codePoint) + " (half a surrogate pair)";
    }
    return isVisible(codePoint)
        ? "\"%s\" (%s)".formatted(Character.toString(codePoint), number(codePoint))
        : number(codePoint);
  }

  static String display(byte[] symbol) {
    OptionalInt codePoint = codePoint(symbol);
    if (codePoint.isEmpty()) {
      return "0x" + HexFormat.of().withUpperCase().formatHex(symbol);
    }
    int value = codePoint.getAsInt();
    return isVisible(value) ? "'" + Character.toString(value) + "'" : number(value);
  }

  private static String number(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> codePoint == ' ' || !Character.isSpaceChar(codePoint);
    };
  }
}
