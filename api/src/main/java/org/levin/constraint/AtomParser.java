package org.levin.constraint;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds where a piece of a pattern that stands for one character ends. What it stands for is for
 * {@link Pattern} to say.
 */
final class AtomParser {
  /** Each is tried as the end of a class; more would take long, and nobody writes them. */
  private static final int MOST_BRACKETS = 200;

  private final PatternScanner scanner;
  private final CharacterSets characters;

  AtomParser(PatternScanner scanner, CharacterSets characters) {
    this.scanner = scanner;
    this.characters = characters;
  }

  /**
   * Reads a literal, an escape, the dot or a class.
   *
   * @throws IllegalArgumentException if what comes next is none, or is refused
   */
  Syntax parse(int flags) {
    return switch (scanner.peek()) {
      case '[' -> characterClass(flags);
      case '\\' -> escape(flags);
      case '.' -> {
        scanner.skip(1);
        yield characters.matching(".", flags);
      }
      case PatternScanner.END, '*', '+', '?' -> throw scanner.malformed();
      default -> characters.literal(scanner.read(), flags);
    };
  }

  private Syntax characterClass(int flags) {
    int start = scanner.position();
    for (int brackets = 0; scanner.skipPast(']'); brackets++) {
      if (brackets == MOST_BRACKETS) {
        throw scanner.refused(
            "a class with very many brackets", start, "write it as an alternation of classes");
      }
      String fragment = scanner.since(start);
      if (isPattern(fragment, flags)) {
        return characters.matching(fragment, flags);
      }
    }
    throw scanner.malformed();
  }

  private static boolean isPattern(String fragment, int flags) {
    try {
      Pattern.compile(fragment, flags);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private Syntax escape(int flags) {
    int start = scanner.position();
    scanner.skip(1);
    if (scanner.peek() == PatternScanner.END) {
      throw scanner.malformed();
    }
    int kind = scanner.read();
    refuse(kind, start);
    switch (kind) {
      case '0' -> skipOctal();
      case 'c' -> scanner.skip(1);
      case 'p', 'P' -> {
        if (scanner.peek() == '{') {
          scanner.skipPast('}');
        } else {
          scanner.skip(1);
        }
      }
      case 'N' -> scanner.skipPast('}');
      case 'u' -> skipUtf16();
      case 'x' -> {
        if (scanner.peek() == '{') {
          scanner.skipPast('}');
        } else {
          scanner.skip(2);
        }
      }
      default -> {
        // The escape is the two characters.
      }
    }
    try {
      return characters.matching(scanner.since(start), flags);
    } catch (PatternSyntaxException e) {
      throw scanner.malformed();
    }
  }

  private void refuse(int kind, int start) {
    switch (kind) {
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          throw scanner.refused(
              "a back-reference", start, "write out the texts that the group may have matched");
      case 'k' -> {
        scanner.skipPast('>');
        throw scanner.refused(
            "a back-reference", start, "write out the texts that the group may have matched");
      }
      case 'b', 'B' -> {
        scanner.accept("{g}");
        throw scanner.refused(
            "a boundary", start, "leave it out, and say by classes what stands on either side");
      }
      case 'R' ->
          throw scanner.refused(
              "a line break of any kind", start, "write \\n, or (?:\\r\\n|\\n) and the like");
      case 'X' ->
          throw scanner.refused(
              "a grapheme cluster", start, "write what it may consist of, such as \\P{M}\\p{M}*");
      default -> {
        // All other escapes stand for one character, or Java refuses them.
      }
    }
  }

  /** Up to three digits, and two where three would be more than a byte, as in Java. */
  private void skipOctal() {
    int most = scanner.peek() <= '3' ? 3 : 2;
    for (int i = 0; i < most && scanner.peek() >= '0' && scanner.peek() <= '7'; i++) {
      scanner.skip(1);
    }
  }

  /** Two escapes are one character where they are the halves of a surrogate pair. */
  private void skipUtf16() {
    boolean high = Character.isHighSurrogate(utf16(0));
    scanner.skip(4);
    if (high && scanner.peek() == '\\' && scanner.peek(1) == 'u') {
      if (Character.isLowSurrogate(utf16(2))) {
        scanner.skip(6);
      }
    }
  }

  /** Returns the value of four hexadecimal digits, or NUL, which is no surrogate. */
  private char utf16(int ahead) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int codePoint = scanner.peek(ahead + i);
      int digit = codePoint < 0x80 ? Character.digit(codePoint, 16) : -1;
      if (digit < 0) {
        return 0;
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }
}
