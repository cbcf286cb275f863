package org.levin.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a regular expression as {@link Pattern} does: groups, alternatives, quantifiers and inline
 * flags here, single characters in {@link AtomParser}. Where something makes no sense, the error is
 * Java's own.
 */
final class PatternParser {
  private static final int DEEPEST = 200;

  private final PatternScanner scanner;
  private final AtomParser atoms;

  /** Whether the flags at the start are known; see {@link #parse(Pattern, CharacterSets)}. */
  private final boolean flagsAreCertain;

  private int flags;

  /** Whether anything but flags was read. */
  private boolean begun;

  private PatternParser(
      String pattern, int flags, boolean flagsAreCertain, CharacterSets characters) {
    this.scanner = new PatternScanner(pattern, flags);
    this.atoms = new AtomParser(scanner, characters);
    this.flagsAreCertain = flagsAreCertain;
    this.flags = flags;
  }

  /**
   * Reads a pattern without flags.
   *
   * @throws java.util.regex.PatternSyntaxException if it is none
   * @throws IllegalArgumentException if it holds what no finite automaton can tell
   */
  static Syntax parse(String pattern, CharacterSets characters) {
    Syntax syntax = new PatternParser(pattern, 0, true, characters).pattern();
    // Names of groups and the like change nothing, but a pattern is what Java takes for one. Only
    // now, when it is known not to be so deep that Java would run out of stack.
    Pattern.compile(pattern);
    return syntax;
  }

  /**
   * Reads a pattern that Java has read before. Its flags are those at its end: where they change on
   * the way, those at its start are not known any more, and it is refused.
   *
   * @throws IllegalArgumentException if it holds what no finite automaton can tell
   */
  static Syntax parse(Pattern pattern, CharacterSets characters) {
    String text = pattern.pattern();
    int flags = pattern.flags();
    if ((flags & Pattern.LITERAL) != 0) {
      return new Syntax.Sequence(
          text.codePoints().mapToObj(each -> characters.literal(each, flags)).toList());
    }
    refuse(flags, Pattern.COMMENTS, "COMMENTS", "write the pattern without them");
    refuse(flags, Pattern.CANON_EQ, "CANON_EQ", "write out the forms that are to be allowed");
    return new PatternParser(text, flags, false, characters).pattern();
  }

  private static void refuse(int flags, int refused, String name, String advice) {
    if ((flags & refused) != 0) {
      throw new IllegalArgumentException(
          "the pattern has the flag %s, which a constraint does not know: %s"
              .formatted(name, advice));
    }
  }

  private Syntax pattern() {
    Syntax syntax = alternatives(0);
    if (scanner.peek() != PatternScanner.END) {
      throw scanner.malformed();
    }
    return syntax;
  }

  private Syntax alternatives(int depth) {
    List<Syntax> branches = new ArrayList<>();
    do {
      branches.add(branch(depth));
    } while (scanner.accept("|"));
    return branches.size() == 1 ? branches.getFirst() : new Syntax.Choice(branches);
  }

  private Syntax branch(int depth) {
    List<Syntax> parts = new ArrayList<>();
    Anchors anchors = new Anchors(scanner, depth == 0);
    while (!isAtEndOfBranch()) {
      int start = scanner.position();
      if (acceptInlineFlags(depth)) {
        continue;
      }
      begun = true;
      if (anchors.accept(parts.isEmpty(), flags)) {
        continue;
      }
      anchors.requireNoEnd();
      parts.add(quantified(scanner.accept("(") ? group(start, depth + 1) : atom()));
    }
    Syntax sequence = parts.size() == 1 ? parts.getFirst() : new Syntax.Sequence(parts);
    return anchors.refuseTheEmptyText() ? new Syntax.NonEmpty(sequence) : sequence;
  }

  private boolean isAtEndOfBranch() {
    return switch (scanner.peek()) {
      case PatternScanner.END, '|', ')' -> true;
      default -> false;
    };
  }

  private Syntax atom() {
    // Java takes a count that follows nothing, as in "a{2}{3}", for one of the empty text.
    return scanner.peek() == '{' ? Syntax.NOTHING : atoms.parse(flags);
  }

  private Syntax group(int start, int depth) {
    if (depth > DEEPEST) {
      throw scanner.refused(
          "a group inside %d others".formatted(DEEPEST),
          start,
          "leave out the groups that are not needed");
    }
    int outerFlags = flags;
    if (scanner.accept("?")) {
      header(start);
    }
    Syntax body = alternatives(depth);
    if (!scanner.accept(")")) {
      throw scanner.malformed();
    }
    flags = outerFlags;
    return body;
  }

  /** Reads what says which kind of group it is, behind {@code (?}. */
  private void header(int start) {
    if (scanner.accept("=") || scanner.accept("!")) {
      throw scanner.refused("a lookahead", start, "say in the pattern itself what may stand there");
    }
    if (scanner.accept("<=") || scanner.accept("<!")) {
      throw scanner.refused(
          "a lookbehind", start, "say in the pattern itself what may stand there");
    }
    if (scanner.accept(">")) {
      throw scanner.refused("an atomic group", start, "write (?:...), which may match more");
    }
    if (scanner.accept("<")) {
      scanner.skipPast('>');
    } else {
      inlineFlags(start);
      if (!scanner.accept(":")) {
        throw scanner.malformed();
      }
    }
  }

  /** Reads {@code (?i)} and its like if that comes next, which holds to the end of the group. */
  private boolean acceptInlineFlags(int depth) {
    int start = scanner.position();
    int length = 2;
    if (scanner.peek() != '(' || scanner.peek(1) != '?') {
      return false;
    }
    while (InlineFlags.isPart(scanner.peek(length))) {
      length++;
    }
    if (scanner.peek(length) != ')') {
      return false;
    }
    scanner.skip(2);
    inlineFlags(start);
    if (!scanner.accept(")")) {
      throw scanner.malformed();
    }
    if (depth == 0 && begun && !flagsAreCertain) {
      throw scanner.refused(
          "flags that change on the way",
          start,
          "a compiled pattern does not tell how it began; write (?i:...) and the like, or give the pattern as a string");
    }
    return true;
  }

  private void inlineFlags(int start) {
    flags = InlineFlags.read(scanner, start, flags);
  }

  private Syntax quantified(Syntax body) {
    int start = scanner.position();
    Syntax.Repeat repeat;
    if (scanner.accept("?")) {
      repeat = new Syntax.Repeat(body, 0, 1);
    } else if (scanner.accept("*")) {
      repeat = new Syntax.Repeat(body, 0, Syntax.Repeat.UNBOUNDED);
    } else if (scanner.accept("+")) {
      repeat = new Syntax.Repeat(body, 1, Syntax.Repeat.UNBOUNDED);
    } else if (scanner.accept("{")) {
      repeat = counted(body);
    } else {
      return body;
    }
    if (scanner.accept("+")) {
      throw scanner.refused(
          "a possessive quantifier", start, "leave out the +, though more may match then");
    }
    scanner.accept("?");
    return repeat;
  }

  private Syntax.Repeat counted(Syntax body) {
    int least = count();
    int most = least;
    if (scanner.accept(",")) {
      most = scanner.peek() == '}' ? Syntax.Repeat.UNBOUNDED : count();
    }
    if (most < least || !scanner.accept("}")) {
      throw scanner.malformed();
    }
    return new Syntax.Repeat(body, least, most);
  }

  private int count() {
    long count = 0;
    int start = scanner.position();
    while (scanner.peek() >= '0' && scanner.peek() <= '9' && count <= Integer.MAX_VALUE) {
      count = 10 * count + scanner.read() - '0';
    }
    if (scanner.position() == start || count > Integer.MAX_VALUE) {
      throw scanner.malformed();
    }
    return (int) count;
  }
}
