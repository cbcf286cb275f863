package org.levin.constraint;

import java.util.regex.Pattern;

/** The letters of {@code (?i-s)} and {@code (?i-s:...)}. */
final class InlineFlags {
  private InlineFlags() {}

  static boolean isPart(int codePoint) {
    return codePoint == '-' || flag(codePoint) != 0;
  }

  /**
   * Reads letters up to what is none, and returns the flags that hold behind them.
   *
   * @param start where the group began
   * @param flags those that held before
   * @throws IllegalArgumentException if one is turned on that a constraint does not know
   */
  static int read(PatternScanner scanner, int start, int flags) {
    int result = flags;
    boolean on = true;
    for (; isPart(scanner.peek()); scanner.skip(1)) {
      if (scanner.peek() == '-') {
        if (!on) {
          throw scanner.malformed();
        }
        on = false;
      } else {
        int flag = flag(scanner.peek());
        result = on ? result | flag : result & ~flag;
      }
    }
    if ((result & Pattern.COMMENTS) != 0) {
      throw scanner.refused("the flag x", start, "write the pattern without comments");
    }
    if ((result & Pattern.CANON_EQ) != 0) {
      throw scanner.refused("the flag c", start, "write out the forms that are to be allowed");
    }
    return result;
  }

  private static int flag(int codePoint) {
    return switch (codePoint) {
      case 'c' -> Pattern.CANON_EQ;
      case 'd' -> Pattern.UNIX_LINES;
      case 'i' -> Pattern.CASE_INSENSITIVE;
      case 'm' -> Pattern.MULTILINE;
      case 's' -> Pattern.DOTALL;
      case 'u' -> Pattern.UNICODE_CASE;
      case 'U' -> Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
      case 'x' -> Pattern.COMMENTS;
      default -> 0;
    };
  }
}
