package org.levin.constraint;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.lucene.util.automaton.Automaton;
import org.levin.internal.Arguments;
import org.levin.text.Vocabulary;

/**
 * Says which texts may be written with the symbols of a vocabulary, one symbol at a time: a finite
 * automaton whose <em>states</em> are numbers and whose steps are symbols. Who starts at {@link
 * #start()}, takes only steps that are not {@link #DEAD}, and ends only where {@link #isComplete}
 * holds, has written an allowed text, whatever the choices on the way; and from every state on the
 * way, {@link #distance} more symbols are enough to get there.
 *
 * <p>Symbols are seen as bytes, so it is all the same whether one is a character, a byte of one, or
 * several characters: a character that needs several symbols is never left half written.
 *
 * <p>Immutable; may be shared between threads.
 */
public final class Constraint {
  /** Where a symbol leads that may not be written. */
  public static final int DEAD = SymbolAutomaton.DEAD;

  private static final int LONGEST_QUOTATION = 80;

  private final SymbolAutomaton automaton;
  private final Vocabulary vocabulary;
  private final String description;

  private Constraint(Automaton texts, Vocabulary vocabulary, String description) {
    this.automaton = SymbolAutomaton.of(texts, vocabulary);
    this.vocabulary = vocabulary;
    this.description = description;
    Arguments.require(
        automaton.distance(automaton.start()) != SymbolAutomaton.UNREACHABLE,
        "no text %s can be written with the %d symbols of the vocabulary; change the pattern, or take a vocabulary that has the characters it needs",
        description,
        vocabulary.size());
  }

  /**
   * Returns the constraint that a whole text matches a regular expression without flags; see {@link
   * #matching(Pattern, Vocabulary)}.
   *
   * @throws PatternSyntaxException if the pattern is no regular expression
   * @throws IllegalArgumentException as for a compiled pattern
   */
  public static Constraint matching(String pattern, Vocabulary vocabulary) {
    Syntax syntax = PatternParser.parse(pattern, new CharacterSets(vocabulary));
    return matching(syntax, pattern, vocabulary);
  }

  /**
   * Returns the constraint that a whole text matches, as by {@link
   * java.util.regex.Matcher#matches()}. Greedy and reluctant quantifiers are the same here. {@code
   * ^} and {@code $} may stand where they change nothing, at the start and end of the pattern and
   * of its alternatives.
   *
   * @throws IllegalArgumentException if the pattern holds what looks beyond the characters read so
   *     far (a back-reference, lookahead, lookbehind, an atomic group, a possessive quantifier, a
   *     boundary), or {@code \R}, {@code \X}, or the flags {@link Pattern#COMMENTS} or {@link
   *     Pattern#CANON_EQ}; if it is too complex; or if no text that matches can be written with the
   *     vocabulary
   */
  public static Constraint matching(Pattern pattern, Vocabulary vocabulary) {
    Syntax syntax = PatternParser.parse(pattern, new CharacterSets(vocabulary));
    return matching(syntax, pattern.pattern(), vocabulary);
  }

  private static Constraint matching(Syntax syntax, String pattern, Vocabulary vocabulary) {
    return new Constraint(
        PatternAutomaton.of(syntax), vocabulary, "matching(" + quoted(pattern) + ")");
  }

  /**
   * Returns the constraint that a text is one of these.
   *
   * @param texts at least one; one given twice counts once; not modified
   * @throws IllegalArgumentException if there is none, if one holds half a surrogate pair or a
   *     symbol that the vocabulary lacks, or if they are too many or too long
   */
  public static Constraint oneOf(Collection<String> texts, Vocabulary vocabulary) {
    TextSet set = TextSet.of(texts);
    Automaton automaton = set.automaton();
    set.requireWritableWith(vocabulary);
    String description = set.size() == 1 ? "one text" : "one of %d texts".formatted(set.size());
    return new Constraint(automaton, vocabulary, description);
  }

  /** Returns the state before the first symbol. */
  public int start() {
    return automaton.start();
  }

  /**
   * Returns the state after a symbol, or {@link #DEAD} if it may not be written here, because no
   * allowed text goes on like this.
   *
   * @param state a state other than {@link #DEAD}
   * @param id the id of the symbol, in {@code [0, vocabulary().size())}
   * @throws IndexOutOfBoundsException if there is no such state or symbol
   */
  public int next(int state, int id) {
    return automaton.next(state, id);
  }

  /**
   * Returns whether the text may end here.
   *
   * @throws IndexOutOfBoundsException if there is no such state, or it is {@link #DEAD}
   */
  public boolean isComplete(int state) {
    return automaton.distance(state) == 0;
  }

  /**
   * Returns the least number of symbols after which the text may end; 0 where it may end here.
   *
   * @throws IndexOutOfBoundsException if there is no such state, or it is {@link #DEAD}
   */
  public int distance(int state) {
    return automaton.distance(state);
  }

  /** Returns the vocabulary whose ids are the steps. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Returns {@code matching("[A-Z]+")} or {@code one of 12 texts}. */
  @Override
  public String toString() {
    return description;
  }

  /** Returns a text in quotation marks, cut where it is too long for a message. */
  static String quoted(String text) {
    if (text.length() <= LONGEST_QUOTATION) {
      return '"' + text + '"';
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_QUOTATION - 1)) ? 1 : 0;
    return '"' + text.substring(0, LONGEST_QUOTATION - end) + "...\"";
  }
}
