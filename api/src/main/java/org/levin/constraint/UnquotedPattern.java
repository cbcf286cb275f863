package org.levin.constraint;

import java.util.Arrays;

/**
 * A pattern with {@code \Q...\E} rewritten into escapes, just as {@link java.util.regex.Pattern}
 * does before it reads the rest, so that quotations have their meaning in classes too. Remembers
 * where everything stood.
 */
final class UnquotedPattern {
  /** A quoted digit, the most that one code point becomes, is {@code \x3} and the digit. */
  private static final int LONGEST_ESCAPE = 4;

  private final int[] source;
  private int[] codePoints;

  /** For every code point, and the end, the index in chars where it was before. */
  private int[] origins;

  private int length;

  private UnquotedPattern(int[] source) {
    this.source = source;
    this.codePoints = new int[source.length + LONGEST_ESCAPE];
    this.origins = new int[codePoints.length + 1];
  }

  static UnquotedPattern of(String pattern) {
    UnquotedPattern unquoted = new UnquotedPattern(pattern.codePoints().toArray());
    unquoted.rewrite();
    return unquoted;
  }

  private void rewrite() {
    int origin = 0;
    boolean quoted = false;
    boolean first = false;
    for (int at = 0; at < source.length; at++) {
      int codePoint = source[at];
      boolean backslash = codePoint == '\\';
      if (backslash && follows(at, quoted ? 'E' : 'Q')) {
        quoted = !quoted;
        first = quoted;
        at++;
        origin += 2;
        continue;
      }
      if (quoted) {
        quote(codePoint, first, origin);
        first = false;
      } else {
        append(codePoint, origin);
        if (backslash && at + 1 < source.length) {
          // An escape is one piece: of two backslashes the second starts no quotation.
          at++;
          origin++;
          codePoint = source[at];
          append(codePoint, origin);
        }
      }
      origin += Character.charCount(codePoint);
    }
    origins[length] = origin;
  }

  private boolean follows(int at, int codePoint) {
    return at + 1 < source.length && source[at + 1] == codePoint;
  }

  private void quote(int codePoint, boolean first, int origin) {
    boolean digit = codePoint >= '0' && codePoint <= '9';
    boolean letter = codePoint >= 'a' && codePoint <= 'z' || codePoint >= 'A' && codePoint <= 'Z';
    if (digit && first) {
      // Else it could become part of an escape that ends before the quotation.
      append('\\', origin);
      append('x', origin);
      append('3', origin);
    } else if (codePoint < 0x80 && !digit && !letter) {
      append('\\', origin);
    }
    append(codePoint, origin);
  }

  private void append(int codePoint, int origin) {
    if (length == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, 2 * length);
      origins = Arrays.copyOf(origins, 2 * length + 1);
    }
    codePoints[length] = codePoint;
    origins[length] = origin;
    length++;
  }

  /** Returns the number of code points. */
  int length() {
    return length;
  }

  int codePoint(int index) {
    return codePoints[index];
  }

  String text(int start, int end) {
    return new String(codePoints, start, end - start);
  }

  /** Returns the index in chars, in the pattern as it was given, of a code point or the end. */
  int origin(int index) {
    return origins[index];
  }
}
