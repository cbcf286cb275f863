package org.levin.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.levin.text.Vocabulary;

/** What holds for regular expressions of any form; Java's matcher is the reference. */
class ConstraintPropertyTest {
  private static final int LONGEST = 5;
  private static final String HALF_A_CHARACTER = "\ufffd";
  private static final String[] SYMBOLS = {"a", "b", "C"};
  private static final Vocabulary VOCABULARY = Vocabulary.codePointsOf("abC");
  private static final List<String> TEXTS = Walks.texts(LONGEST, SYMBOLS);

  private static final List<String> QUANTIFIERS =
      List.of(
          "", "?", "*", "+", "??", "*?", "+?", "{2}", "{1,2}", "{0,3}", "{2,}", "{0}", "{2,3}?");

  @Property(seed = "20260101", tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void allowsTheTextsThatJavaMatchesAndKnowsTheWayToThem(@ForAll("patterns") String pattern) {
    List<String> matching =
        TEXTS.stream().filter(Pattern.compile(pattern).asMatchPredicate()).toList();
    Constraint constraint = Constraint.matching(pattern, VOCABULARY);
    Map<String, Integer> distances = new HashMap<>();
    for (String text : matching) {
      for (int length = 0; length <= text.length(); length++) {
        distances.merge(text.substring(0, length), text.length() - length, Math::min);
      }
    }
    assertTrue(!matching.isEmpty() || constraint.distance(constraint.start()) > LONGEST);
    for (String text : TEXTS) {
      int state = Walks.after(constraint, text);
      Integer expected = distances.get(text);
      if (expected != null) {
        assertEquals(expected, constraint.distance(state), text);
        assertEquals(expected == 0, constraint.isComplete(state), text);
      } else if (state != Constraint.DEAD) {
        assertTrue(text.length() + constraint.distance(state) > LONGEST, text);
      }
    }
  }

  @Property(seed = "20260101", tries = 20, edgeCases = EdgeCasesMode.NONE)
  void isTheSameOverBytesAndOverSyllables(@ForAll("patterns") String pattern) {
    Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
    Constraint bytes = Constraint.matching(pattern, Vocabulary.bytes());
    for (String text : TEXTS) {
      assertEquals(matches.test(text), Walks.accepts(bytes, text), text);
    }
    Vocabulary vocabulary = new SyllableVocabulary();
    Constraint syllables = Constraint.matching(pattern + "|bab", vocabulary);
    for (String digits : Walks.texts(3, "0", "1", "2", "3", "4", "5", "6")) {
      int[] ids = digits.chars().map(digit -> digit - '0').toArray();
      String text = vocabulary.decode(ids);
      boolean expected =
          text.equals("bab") || matches.test(text) && !text.contains(HALF_A_CHARACTER);
      assertEquals(expected, Walks.accepts(syllables, ids), () -> pattern + " on " + text);
    }
  }

  @Property(seed = "20260101", tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whoeverFollowsItWritesAnAllowedTextInTime(
      @ForAll("patterns") String pattern, @ForAll long seed) {
    Constraint constraint = Constraint.matching(pattern, VOCABULARY);
    SplittableRandom random = new SplittableRandom(seed);
    int state = constraint.start();
    StringBuilder text = new StringBuilder();
    for (int budget = constraint.distance(state) + random.nextInt(12); budget > 0; budget--) {
      int room = budget - 1;
      int from = state;
      int[] steps =
          IntStream.range(0, VOCABULARY.size())
              .filter(id -> constraint.next(from, id) != Constraint.DEAD)
              .filter(id -> constraint.distance(constraint.next(from, id)) <= room)
              .toArray();
      if (steps.length == 0) {
        break;
      }
      int id = steps[random.nextInt(steps.length)];
      text.append(VOCABULARY.decode(id));
      state = constraint.next(state, id);
    }
    assertTrue(constraint.isComplete(state));
    assertTrue(Pattern.matches(pattern, text), text::toString);
  }

  @Property(seed = "20260101", tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aSetOfTextsIsTheirAlternation(@ForAll("texts") List<String> texts) {
    Constraint constraint = Constraint.oneOf(texts, VOCABULARY);
    for (String text : TEXTS) {
      assertEquals(texts.contains(text), Walks.accepts(constraint, text), text);
      boolean isStart = texts.stream().anyMatch(each -> each.startsWith(text));
      assertEquals(isStart, Walks.after(constraint, text) != Constraint.DEAD, text);
    }
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.of(TEXTS).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> patterns() {
    return pattern(3);
  }

  private static Arbitrary<String> pattern(int depth) {
    Arbitrary<String> atom =
        Arbitraries.of(
            "a",
            "b",
            "C",
            "ab",
            "Ca",
            ".",
            "[ab]",
            "[^a]",
            "[a-z]",
            "[a-c&&[^b]]",
            "\\w",
            "\\p{Lu}",
            "\\x61",
            "(?i:c)",
            "(?i:[A-B])",
            "\\Qab\\E",
            "",
            "()");
    if (depth == 0) {
      return atom;
    }
    Arbitrary<String> inner = pattern(depth - 1);
    Arbitrary<String> group =
        Combinators.combine(Arbitraries.of("(", "(?:", "(?i:", "(?s-i:"), inner)
            .as((open, body) -> open + body + ")");
    Arbitrary<String> repeated =
        Combinators.combine(
                Arbitraries.oneOf(group, atom.filter(each -> !each.isEmpty())),
                Arbitraries.of(QUANTIFIERS))
            .as(String::concat);
    Arbitrary<String> sequence = Combinators.combine(inner, inner).as(String::concat);
    Arbitrary<String> choice =
        Combinators.combine(inner, inner).as((one, other) -> "(?:" + one + "|" + other + ")");
    return Arbitraries.oneOf(atom, repeated, sequence, choice);
  }
}
