package org.levin.constraint;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a pattern from left to right, by code points, with {@code \Q...\E} already rewritten into
 * escapes; the position is an index into that form. Makes the errors, which speak of the pattern as
 * it was given.
 */
final class PatternScanner {
  /** What {@link #peek} returns behind the last code point. */
  static final int END = -1;

  private final String source;
  private final int flags;
  private final UnquotedPattern pattern;
  private int position;

  PatternScanner(String source, int flags) {
    this.source = source;
    this.flags = flags;
    this.pattern = UnquotedPattern.of(source);
  }

  int position() {
    return position;
  }

  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    int at = position + ahead;
    return at < pattern.length() ? pattern.codePoint(at) : END;
  }

  /** Reads a code point, which must be there. */
  int read() {
    return pattern.codePoint(position++);
  }

  void skip(int count) {
    position = Math.min(position + count, pattern.length());
  }

  /** Reads {@code expected} if it comes next, else nothing. */
  boolean accept(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (peek(i) != expected.charAt(i)) {
        return false;
      }
    }
    position += expected.length();
    return true;
  }

  /**
   * Reads on behind the next {@code end}, or to the end of the pattern if there is none.
   *
   * @return whether there is one
   */
  boolean skipPast(int end) {
    while (peek() != END) {
      if (read() == end) {
        return true;
      }
    }
    return false;
  }

  /** Returns what was read since {@code start}, as a pattern of its own. */
  String since(int start) {
    return pattern.text(start, position);
  }

  /**
   * Returns the error for a construct that Java knows and a constraint does not, from {@code start}
   * to the position.
   */
  IllegalArgumentException refused(String kind, int start, String advice) {
    int from = pattern.origin(start);
    String construct = source.substring(from, pattern.origin(position));
    return new IllegalArgumentException(
        "the pattern has %s, %s, at index %d, which a constraint cannot express: %s"
            .formatted(kind, Constraint.quoted(construct), from, advice));
  }

  /** Returns Java's own error for what does not make sense at the position. */
  IllegalArgumentException malformed() {
    try {
      Pattern.compile(source, flags);
    } catch (PatternSyntaxException e) {
      return e;
    }
    return new IllegalArgumentException(
        "the pattern %s cannot be understood at index %d; write it in another way"
            .formatted(Constraint.quoted(source), pattern.origin(position)));
  }
}
