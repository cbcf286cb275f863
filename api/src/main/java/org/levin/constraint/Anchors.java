package org.levin.constraint;

import java.util.regex.Pattern;

/**
 * The anchors of one branch of a pattern. The whole text is matched, so that at the start and the
 * end they say nothing new; anywhere else they are refused.
 */
final class Anchors {
  private static final int NONE = -1;

  private final PatternScanner scanner;
  private final boolean outermost;
  private int end = NONE;
  private boolean refuseTheEmptyText;

  /**
   * Starts a branch.
   *
   * @param outermost whether it is one of the whole pattern, not of a group
   */
  Anchors(PatternScanner scanner, boolean outermost) {
    this.scanner = scanner;
    this.outermost = outermost;
  }

  /**
   * Reads an anchor if one comes next.
   *
   * @param first whether nothing of the branch stands before it
   */
  boolean accept(boolean first, int flags) {
    int start = scanner.position();
    boolean caret = scanner.accept("^");
    boolean atStart = caret || scanner.accept("\\A") || scanner.accept("\\G");
    boolean atEnd =
        !atStart && (scanner.accept("$") || scanner.accept("\\Z") || scanner.accept("\\z"));
    if (!atStart && !atEnd) {
      return false;
    }
    if (!outermost || atStart && !first || isQuantified()) {
      throw refused(start);
    }
    if (atEnd && end == NONE) {
      end = start;
    }
    // A line starts nowhere in an empty text, says Java.
    refuseTheEmptyText |= caret && (flags & Pattern.MULTILINE) != 0;
    return true;
  }

  private boolean isQuantified() {
    return switch (scanner.peek()) {
      case '?', '*', '+', '{' -> true;
      default -> false;
    };
  }

  /** Throws if an anchor of the end was read, for something follows it now. */
  void requireNoEnd() {
    if (end != NONE) {
      throw refused(end);
    }
  }

  private IllegalArgumentException refused(int start) {
    return scanner.refused(
        "an anchor",
        start,
        "it may stand at the start or end of the pattern, outside of all groups; leave it out, for the whole text is matched anyway");
  }

  boolean refuseTheEmptyText() {
    return refuseTheEmptyText;
  }
}
