package org.levin.constraint;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.Vocabulary;

class RefusedPatternTest {
  private static final Vocabulary VOCABULARY = Vocabulary.codePointsOf("ab");

  private static String refusal(String pattern) {
    return assertThrows(
            IllegalArgumentException.class, () -> Constraint.matching(pattern, VOCABULARY))
        .getMessage();
  }

  private static String refusal(String pattern, int flags) {
    Pattern compiled = Pattern.compile(pattern, flags);
    return assertThrows(
            IllegalArgumentException.class, () -> Constraint.matching(compiled, VOCABULARY))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ; ",
      value = {
        "(a)\\1 ; a back-reference ; \\1 ; 3 ; write out the texts that the group may have matched",
        "(?<n>a)\\k<n> ; a back-reference ; \\k<n> ; 7 ; write out the texts that the group may have matched",
        "a(?=b)b ; a lookahead ; (?= ; 1 ; say in the pattern itself what may stand there",
        "(?!b)a ; a lookahead ; (?! ; 0 ; say in the pattern itself what may stand there",
        "a(?<=a)b ; a lookbehind ; (?<= ; 1 ; say in the pattern itself what may stand there",
        "a(?<!b)b ; a lookbehind ; (?<! ; 1 ; say in the pattern itself what may stand there",
        "(?>a|ab)b ; an atomic group ; (?> ; 0 ; write (?:...), which may match more",
        "a*+b ; a possessive quantifier ; *+ ; 1 ; leave out the +, though more may match then",
        "ba?+ ; a possessive quantifier ; ?+ ; 2 ; leave out the +, though more may match then",
        "(a)++ ; a possessive quantifier ; ++ ; 3 ; leave out the +, though more may match then",
        "a{1,2}+ ; a possessive quantifier ; {1,2}+ ; 1 ; leave out the +, though more may match then",
        "\\ba ; a boundary ; \\b ; 0 ; leave it out, and say by classes what stands on either side",
        "a\\B ; a boundary ; \\B ; 1 ; leave it out, and say by classes what stands on either side",
        "a\\b{g} ; a boundary ; \\b{g} ; 1 ; leave it out, and say by classes what stands on either side",
        "a|\\R ; a line break of any kind ; \\R ; 2 ; write \\n, or (?:\\r\\n|\\n) and the like",
        "\\X+ ; a grapheme cluster ; \\X ; 0 ; write what it may consist of, such as \\P{M}\\p{M}*",
        "(?x)a b ; the flag x ; (?x ; 0 ; write the pattern without comments",
        "a(?i-s:b(?c:b)) ; the flag c ; (?c ; 8 ; write out the forms that are to be allowed",
        "\\Q..\\E(?=a) ; a lookahead ; (?= ; 6 ; say in the pattern itself what may stand there",
        "\ud83d\ude00\\b ; a boundary ; \\b ; 2 ; leave it out, and say by classes what stands on either side",
      })
  void namesWhatItRefusesAndSaysWhatToDo(
      String pattern, String kind, String construct, int index, String advice) {
    assertDoesNotThrow(() -> Pattern.compile(pattern));
    assertEquals(
        "the pattern has %s, \"%s\", at index %d, which a constraint cannot express: %s"
            .formatted(kind, construct, index, advice),
        refusal(pattern));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ; ",
      value = {
        "a^b ; ^ ; 1",
        "(^a) ; ^ ; 1",
        "a$b ; $ ; 1",
        "(a$) ; $ ; 2",
        "^*a ; ^ ; 0",
        "a\\Ab ; \\A ; 1",
        "a\\zb ; \\z ; 1",
        "a\\Z{2} ; \\Z ; 1",
        "a|(?:b|\\Ga) ; \\G ; 7",
        "$\\za ; $\\z ; 0",
        "^a^ ; ^ ; 2"
      })
  void refusesAnAnchorThatSaysSomething(String pattern, String construct, int index) {
    assertDoesNotThrow(() -> Pattern.compile(pattern));
    assertEquals(
        "the pattern has an anchor, \"%s\", at index %d, which a constraint cannot express: it may stand at the start or end of the pattern, outside of all groups; leave it out, for the whole text is matched anyway"
            .formatted(construct, index),
        refusal(pattern));
  }

  @Test
  void refusesFlagsThatItDoesNotKnow() {
    assertEquals(
        "the pattern has the flag COMMENTS, which a constraint does not know: write the pattern without them",
        refusal("a b", Pattern.COMMENTS));
    assertEquals(
        "the pattern has the flag CANON_EQ, which a constraint does not know: write out the forms that are to be allowed",
        refusal("a", Pattern.CANON_EQ));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a(?i)b", "^(?m)", "a|(?s).", "(a)(?u)b"})
  void refusesACompiledPatternOfWhichNobodyKnowsHowItBegan(String pattern) {
    int start = pattern.indexOf("(?");
    String construct = pattern.substring(start, pattern.indexOf(')', start) + 1);
    assertEquals(
        "the pattern has flags that change on the way, \"%s\", at index %d, which a constraint cannot express: a compiled pattern does not tell how it began; write (?i:...) and the like, or give the pattern as a string"
            .formatted(construct, start),
        refusal(pattern, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a",
        "a)",
        "*a",
        "a**",
        "a+*",
        "(?i)*",
        "(*a)",
        "a|*",
        "[a",
        "[]",
        "a{",
        "a{,2}",
        "a{x}",
        "a{2",
        "a{2,1}",
        "a{1,2x}",
        "a{2147483648}",
        "a{1,99999999999999999999}",
        "{a}",
        "\\",
        "a\\",
        "\\y",
        "\\E",
        "\\x6",
        "\\x{110000}",
        "\\x{61",
        "\\u006",
        "\\uD83D\\u12",
        "\\08",
        "\\0",
        "\\c",
        "\\p",
        "\\p{Nonsense}",
        "\\p{L",
        "\\N",
        "\\N{NO SUCH CHARACTER}",
        "(?",
        "(?a)",
        "(?i",
        "(?i-s-m)",
        "(?ii:a",
        "(?<n>a)(?<n>b)",
        "(?<1>a)",
        "(?<n",
        "(?<>a)",
        "(?@a)",
        "(?P<n>a)",
        "[b-a]",
        "[\\p{X}]",
        "\\x6\\Q1\\E"
      })
  void givesJavasOwnErrorForWhatIsNoPattern(String pattern) {
    String expected =
        assertThrows(PatternSyntaxException.class, () -> Pattern.compile(pattern)).getMessage();
    PatternSyntaxException refusal =
        assertThrows(PatternSyntaxException.class, () -> Constraint.matching(pattern, VOCABULARY));
    assertEquals(expected, refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{1000}){1000}",
        "a{2147483647}",
        "a{0,2147483646}",
        "(a?){2147483646}",
        "a{2147483647,}",
        "((((((a{0,9}){0,9}){0,9}){0,9}){0,9}){0,9}){0,9}",
        "(a*b){500000}",
        "(a{60000}){60000}"
      })
  void refusesAPatternThatIsTooLargeBeforeItIsBuilt(String pattern) {
    assertTimeout(
        Duration.ofSeconds(2),
        () ->
            assertEquals(
                "the pattern is too complex: its automaton would have more than 1000000 states and transitions; simplify it, or use smaller counts",
                refusal(pattern)));
  }

  @Test
  void refusesPartsThatCanAllBeLeftOutInTooManyWays() {
    assertTrue(refusal("a?".repeat(2000)).startsWith("the pattern is too complex"));
    assertTrue(
        refusal("(".repeat(150) + "a" + "){2}".repeat(150)).startsWith("the pattern is too"));
  }

  @Test
  void refusesAPatternThatLeavesTooMuchOpen() {
    assertEquals(
        "the constraint is too complex: it leaves open for too long which of its parts is being written; simplify it, use smaller counts, or allow fewer texts",
        refusal("(a|b)*a(a|b){40}"));
  }

  @Test
  void refusesMoreStatesThanItsTableHasRoomFor() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Constraint.matching("a{140000}", Vocabulary.bytes()));
    assertEquals(
        "the constraint is too complex: it needs more than 131072 states, which is the most for a vocabulary of 256 symbols; simplify it, use smaller counts, or allow fewer texts",
        refusal.getMessage());
  }

  @Test
  void refusesGroupsThatAreTooDeepForTheStack() {
    String message =
        "the pattern has a group inside 200 others, \"(\", at index 200, which a constraint cannot express: leave out the groups that are not needed";
    assertEquals(message, refusal("(".repeat(100_000)));
    assertEquals(message, refusal("(".repeat(201) + ")".repeat(201)));
  }

  @Test
  void refusesAClassWithVeryManyBrackets() {
    String message = refusal("[" + "\\]".repeat(50_000) + "]");
    assertTrue(message.startsWith("the pattern has a class with very many brackets, \"[\\]\\]"));
    assertTrue(message.endsWith("write it as an alternation of classes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "a+c", "[^ab]", "a&&[c-e]", "(?i)C", "\\d{2,}", "\\uD83D"})
  void refusesAPatternOfWhichNothingCanBeWritten(String pattern) {
    assertEquals(
        "no text matching(\"%s\") can be written with the 2 symbols of the vocabulary; change the pattern, or take a vocabulary that has the characters it needs"
            .formatted(pattern),
        refusal(pattern));
  }
}
