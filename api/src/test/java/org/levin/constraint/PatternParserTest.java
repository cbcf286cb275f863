package org.levin.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.Vocabulary;

/** Java itself is the reference: a constraint allows a text where a matcher matches the whole. */
class PatternParserTest {
  private static final String[] SYMBOLS = {"a", "B", "1", "-", "\n"};
  private static final Vocabulary VOCABULARY = Vocabulary.codePointsOf(String.join("", SYMBOLS));
  private static final List<String> TEXTS = Walks.texts(5, SYMBOLS);

  private static void assertLikeJava(Pattern pattern, Constraint constraint, List<String> texts) {
    Matcher matcher = pattern.matcher("");
    for (String text : texts) {
      boolean expected = matcher.reset(text).matches();
      assertEquals(
          expected,
          Walks.accepts(constraint, text),
          () -> constraint + " on \"" + text.replace("\n", "\\n") + '"');
    }
  }

  private static void assertLikeJava(String pattern) {
    assertLikeJava(Pattern.compile(pattern), Constraint.matching(pattern, VOCABULARY), TEXTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "aB",
        "a|B",
        "a|",
        "|a",
        "a||B",
        "()",
        "(|a)B",
        "(a)(B)",
        "(?:a|B1)-",
        "a(B(1|-)a)B"
      })
  void readsSequencesAlternativesAndGroups(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?<one>a|B)1", "(?<a1>a)(?<a2>B)?", "(?<x>(?<y>a)B|1)+"})
  void takesANamedGroupForAGroup(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a?",
        "a*",
        "a+",
        "a??",
        "a*?",
        "a+?",
        "a{3}",
        "a{2,}",
        "a{1,3}",
        "a{0}B",
        "a{0,1}",
        "a{0,}",
        "a{2}?",
        "a{2,}?",
        "a{1,3}?",
        "a{007}|a",
        "aB*",
        "aB{2}",
        "(aB)*",
        "(a|B1)+",
        "(a|B1){2}",
        "(aB?){2,}",
        "(a*B){0,2}",
        "(a*B){2,3}",
        "(a*)*",
        "(a?){3}",
        "(a?B?){1,2}1",
        "(a+|-*)+",
        "(|a)+",
        "(|a|B){2,4}",
        "(a{1,2}){1,2}",
        "((a{0,2}B){0,2}1)*",
        "(?:a{2})*",
        "a{2}{3}",
        "{2}a",
        "(a|aB)(B1|1)?",
        "(?:)*a",
        "(a*){0}",
        "a{0,2147483647}",
        "a{1,2147483647}"
      })
  void repeats(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        ".*",
        "[aB]",
        "[^a]+",
        "[a-z]+",
        "[a-zA-Z&&[^a]]",
        "[]a]+",
        "[^]a]+",
        "[a\\]B]+",
        "[-a]+",
        "[a[B[1]]]+",
        "[^\\w-]*",
        "[\\Q-]\\E]+",
        "[\\d\\-]+",
        "[^\\n]+",
        "[a&&B]|1",
        "[[aB]&&[B1]]+",
        "[\\p{Lu}1]+",
        "[\\c]]|[\\x2D]",
        "[+*?(){|.^$]*a",
        "]|a",
        "}|a",
        "a}*",
        "[a-]",
        "[\\\\-]+"
      })
  void leavesClassesToJava(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\x61",
        "\\x{61}+",
        "\\u0061B",
        "\\0101|\\061",
        "\\0611",
        "\\0401*|a",
        "\\cJ",
        "\\n+",
        "\\w*",
        "\\W+",
        "\\d1",
        "\\D*",
        "\\s",
        "\\S+",
        "\\h|a",
        "\\H+",
        "\\v+",
        "\\V",
        "\\pL+",
        "\\PL+",
        "\\p{L}1",
        "\\P{L}*",
        "\\p{javaLowerCase}+",
        "\\p{IsLatin}*",
        "\\N{LATIN SMALL LETTER A}+",
        "\\-",
        "\\t|a",
        "\\a|\\e|\\f|\\r|B",
        "\\.|a",
        "\\\\|a",
        "\\\\Qa|B",
        "\\x611",
        "\\uD83D|a",
        "\\u00611?"
      })
  void leavesEscapesToJava(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\Qa-\\E*",
        "\\Q-B",
        "\\Qa\\E\\QB\\E+",
        "\\Q\\E",
        "a\\Q\\E*",
        "\\Q(a|B)\\E|1",
        "\\06\\Q1\\E|a",
        "\\Q\\\\E|a",
        "(\\Q1\\E|a)+",
        "\\Q11\\E",
        "\\Q\n\\E?a",
        "\\\\Q|a",
        "a|\\Q\\"
      })
  void readsQuotations(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)b", "(?i:b)b|B", "a(?i)b|A", "(a(?i)b)B|1", "(?i)A(?-i)B|A", "(?i-s:b).", "(?s).+",
            "(?s:.)a",
        "(?s-s).", "(?d).*", "(?ds-d:.)+", "(?u)b|a", "(?iu)b", "(?U)\\w+", "(?U-U)\\w", "(?-U).",
        "(?m)a", "(?-x)a", "(?)a", "(?-)a", "(?i)(b|(?-i)a)+", "(?i)[b-c]A", "(?i)(?s).b"
      })
  void followsInlineFlags(String pattern) {
    assertLikeJava(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^a$",
        "\\Aa\\z",
        "\\Ga\\Z",
        "^a|^B$|1",
        "^^a$$",
        "^$",
        "$",
        "^",
        "$^",
        "(?m)^a*$",
        "(?m)^(a|B)?",
        "(?m)^$|a",
        "(?m)\\Aa*",
        "(?i)^b",
        "(?m)a*$",
        "^(?:a|B)+$",
        "(?d)^a$",
        "(?dm)^a*$",
        "^(?m)a*"
      })
  void leavesOutAnchorsWhereTheySayNothing(String pattern) {
    assertLikeJava(pattern);
  }

  static Stream<Pattern> compiled() {
    return Stream.of(
        Pattern.compile("ab", Pattern.CASE_INSENSITIVE),
        Pattern.compile("(?-i)ab?|a", Pattern.CASE_INSENSITIVE),
        Pattern.compile("(?i)(?s).b"),
        Pattern.compile("b(?i:b|(?-i)a)|B(?i:b)"),
        Pattern.compile("(a(?i)b)*b?"),
        Pattern.compile(".+", Pattern.DOTALL),
        Pattern.compile(".*", Pattern.UNIX_LINES),
        Pattern.compile("^a*$", Pattern.MULTILINE),
        Pattern.compile("^[a-z]+$|1", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE),
        Pattern.compile("\\w[^a]", Pattern.UNICODE_CHARACTER_CLASS),
        Pattern.compile("-1", Pattern.LITERAL),
        Pattern.compile("-b\n", Pattern.LITERAL | Pattern.CASE_INSENSITIVE),
        Pattern.compile("a1", Pattern.LITERAL | Pattern.COMMENTS | Pattern.CANON_EQ),
        Pattern.compile("", Pattern.LITERAL));
  }

  @ParameterizedTest
  @MethodSource("compiled")
  void followsTheFlagsOfACompiledPattern(Pattern pattern) {
    assertLikeJava(pattern, Constraint.matching(pattern, VOCABULARY), TEXTS);
  }

  @Test
  void aSpecialCharacterOfALiteralPatternIsItself() {
    Vocabulary vocabulary = Vocabulary.codePointsOf("a.*[\\Q");
    Pattern pattern = Pattern.compile("\\Q[.*a", Pattern.LITERAL);
    Constraint constraint = Constraint.matching(pattern, vocabulary);
    assertTrue(Walks.accepts(constraint, "\\Q[.*a"));
    assertEquals(6, constraint.distance(constraint.start()));
  }

  /** The interesting ones stand near those that the pattern names. */
  @ParameterizedTest
  @CsvSource({
    "(?i)[k-s], k K s S \u017f \u212a t",
    "(?iu)[k-s], k K s S \u017f \u212a t",
    "(?i)k, k K \u212a",
    "(?iu)k, k K \u212a",
    "(?iu)\u03c3, \u03c3 \u03c2 \u03a3 s",
    "(?iu)\u0130, \u0130 i I \u0131",
    "(?U)\\w, a \u00e9 \u0301 _ - \u2161",
    "\\w, a \u00e9 \u0301 _ - \u2161",
    "\\p{IsGreek}, \u03b1 a \u1f71 \u0370",
    "\\uD83D\\uDE00, \ud83d\ude00 \ud83d\ude01",
    "\\x{1F600}, \ud83d\ude00 \ud83d\ude01",
    "[\\uD83D\\uDE00-\\uD83D\\uDE02], \ud83d\ude00 \ud83d\ude01 \ud83d\ude03",
    "[^\ud83d\ude00], \ud83d\ude00 \ud83d\ude01 a",
    "\ud83d\ude00|\\Q\ud83d\ude01\\E, \ud83d\ude00 \ud83d\ude01 \ud83d\ude02",
    "\\p{So}, \ud83d\ude00 a \u00a9",
    "\\P{So}, \ud83d\ude00 a \u00a9",
    "\\P{Cn}, a \u0378 \ud83d\ude00",
    "., a \u0085 \u2028 \ud83d\ude00",
    "(?d)., a \u0085 \u2028 \ud83d\ude00",
    "\\N{GRINNING FACE}, \ud83d\ude00 \ud83d\ude01"
  })
  void standsForTheCharactersThatJavaSays(String pattern, String characters) {
    List<String> texts = List.of(characters.split(" "));
    Vocabulary own = Vocabulary.codePointsOf(String.join("", texts));
    assertLikeJava(Pattern.compile(pattern), Constraint.matching(pattern, own), texts);
    Constraint bytes = Constraint.matching(pattern, Vocabulary.bytes());
    assertLikeJava(Pattern.compile(pattern), bytes, texts);
  }

  @Test
  void hasRoomForAsManyGroupsAsAreAllowed() {
    int deepest = 200;
    String pattern = "(".repeat(deepest) + "a" + ")".repeat(deepest);
    assertLikeJava(pattern);
  }
}
