package org.levin.sampling;

import java.util.Arrays;

/**
 * Where a text of bytes stands within a character; a value: each byte more makes another. Says
 * which bytes go on with well-formed UTF-8.
 *
 * @param missing bytes until the character is whole
 * @param low the least of the bytes that may come next, within a character
 * @param high the largest of them
 * @see <a href="https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/">The Unicode
 *     Standard, table 3-7</a>
 */
record Utf8Position(int missing, int low, int high) {
  private static final int FIRST_CONTINUATION = 0x80;
  private static final int LAST_CONTINUATION = 0xBF;

  /** Between two characters. */
  static final Utf8Position BOUNDARY = new Utf8Position(0, 0, 0);

  /** Returns the position after a byte that is allowed here. */
  Utf8Position after(int next) {
    if (missing > 0) {
      return missing == 1 ? BOUNDARY : continuing(missing - 1);
    }
    return switch (next) {
      case 0xE0 -> new Utf8Position(2, 0xA0, LAST_CONTINUATION);
      case 0xED -> new Utf8Position(2, FIRST_CONTINUATION, 0x9F);
      case 0xF0 -> new Utf8Position(3, 0x90, LAST_CONTINUATION);
      case 0xF4 -> new Utf8Position(3, FIRST_CONTINUATION, 0x8F);
      default ->
          next < FIRST_CONTINUATION ? BOUNDARY : continuing(next < 0xE0 ? 1 : next < 0xF0 ? 2 : 3);
    };
  }

  private static Utf8Position continuing(int missing) {
    return new Utf8Position(missing, FIRST_CONTINUATION, LAST_CONTINUATION);
  }

  /**
   * Bans the bytes that would make the text malformed.
   *
   * @param logits {@code [256]}; modified
   */
  void mask(float[] logits) {
    if (missing > 0) {
      Arrays.fill(logits, 0, low, Float.NEGATIVE_INFINITY);
      Arrays.fill(logits, high + 1, logits.length, Float.NEGATIVE_INFINITY);
    } else {
      // Continuations, what would begin an overlong form, and what is beyond the last character.
      Arrays.fill(logits, FIRST_CONTINUATION, 0xC2, Float.NEGATIVE_INFINITY);
      Arrays.fill(logits, 0xF5, logits.length, Float.NEGATIVE_INFINITY);
    }
  }
}
