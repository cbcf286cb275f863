package org.levin.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.UTF32ToUTF8;
import org.levin.text.Vocabulary;

/**
 * The characters that a piece of a pattern stands for, as {@link Pattern} itself answers, asked for
 * every character that a text of the vocabulary can hold. Remembers the answers; for one thread.
 */
final class CharacterSets {
  /** Code points from one to before the next have UTF-8 forms of the same length. */
  private static final int[] LENGTHS = {0, 0x80, 0x800, 0x10000, Character.MAX_CODE_POINT + 1};

  private record Question(String atom, int flags) {}

  private final Map<Question, Syntax> answers = new HashMap<>();
  private final String universe;

  CharacterSets(Vocabulary vocabulary) {
    this.universe = universe(vocabulary);
  }

  /**
   * Returns the characters that {@code atom} matches.
   *
   * @param atom a piece of a pattern that matches one character
   * @param flags of {@link Pattern}
   * @throws java.util.regex.PatternSyntaxException if Java does not take it
   */
  Syntax matching(String atom, int flags) {
    return answers.computeIfAbsent(
        new Question(atom, flags),
        question -> new Syntax.Characters(utf8(members(question.atom(), question.flags()))));
  }

  /** Returns a character, and where case makes no difference, its likes. */
  Syntax literal(int codePoint, int flags) {
    String atom = Character.toString(codePoint);
    if ((flags & Pattern.CASE_INSENSITIVE) != 0) {
      return matching(atom, flags);
    }
    return answers.computeIfAbsent(
        new Question(atom, 0),
        _ -> {
          BitSet alone = new BitSet();
          if (!isSurrogate(codePoint)) {
            alone.set(codePoint);
          }
          return new Syntax.Characters(utf8(alone));
        });
  }

  private BitSet members(String atom, int flags) {
    BitSet members = new BitSet();
    // One search through all characters takes a tenth of the time of a match for each.
    Matcher matcher = Pattern.compile(atom, flags).matcher(universe);
    while (matcher.find()) {
      int codePoint = universe.codePointAt(matcher.start());
      // The search may also look at the second half of a pair whose whole it did not want.
      if (!isSurrogate(codePoint)) {
        members.set(codePoint);
      }
    }
    return members;
  }

  private static Automaton utf8(BitSet codePoints) {
    // One state from which nothing leads on: without any, Lucene takes a repeat of it for empty
    // too, but not to write it at all is a way to repeat it.
    Automaton nothing = new Automaton();
    nothing.createState();
    nothing.finishState();
    if (codePoints.isEmpty()) {
      return nothing;
    }
    List<Automaton> lengths = new ArrayList<>();
    for (int i = 1; i < LENGTHS.length; i++) {
      BitSet ofLength = codePoints.get(LENGTHS[i - 1], LENGTHS[i]);
      if (!ofLength.isEmpty()) {
        // Each length by itself: Lucene turns a range of characters of several lengths into one
        // that has overlong forms too, which are no UTF-8.
        lengths.add(new UTF32ToUTF8().convert(characters(ofLength, LENGTHS[i - 1])));
      }
    }
    Automaton bytes = Operations.union(lengths);
    return Operations.removeDeadStates(Operations.determinize(bytes, Integer.MAX_VALUE));
  }

  private static Automaton characters(BitSet members, int offset) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int start = members.nextSetBit(0);
    while (start >= 0) {
      int end = members.nextClearBit(start);
      starts.add(offset + start);
      ends.add(offset + end - 1);
      start = members.nextSetBit(end);
    }
    return Automata.makeCharClass(array(starts), array(ends));
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns the characters of which a text can consist: the vocabulary's where each symbol is one,
   * else all there are, since symbols may make any of them together.
   */
  private static String universe(Vocabulary vocabulary) {
    BitSet codePoints = new BitSet();
    for (int id = 0; id < vocabulary.size(); id++) {
      OptionalInt codePoint = codePoint(vocabulary.symbol(id));
      if (codePoint.isEmpty()) {
        codePoints.set(0, Character.MAX_CODE_POINT + 1);
        codePoints.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
        break;
      }
      codePoints.set(codePoint.getAsInt());
    }
    StringBuilder text = new StringBuilder();
    codePoints.stream().forEach(text::appendCodePoint);
    return text.toString();
  }

  private static OptionalInt codePoint(byte[] symbol) {
    String text = new String(symbol, StandardCharsets.UTF_8);
    boolean one =
        text.codePointCount(0, text.length()) == 1
            && Arrays.equals(symbol, text.getBytes(StandardCharsets.UTF_8));
    return one ? OptionalInt.of(text.codePointAt(0)) : OptionalInt.empty();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
