package org.levin.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.Vocabulary;

class ConstraintTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcxyz");
  private static final Vocabulary BYTES = Vocabulary.bytes();

  @Test
  void saysWhatMayFollow() {
    Constraint constraint = Constraint.matching("a(b|cx)*y?", LETTERS);
    assertEquals(List.of("a"), Walks.allowed(constraint, constraint.start()));
    assertEquals(List.of("b", "c", "y"), Walks.allowed(constraint, Walks.after(constraint, "ab")));
    assertEquals(List.of("x"), Walks.allowed(constraint, Walks.after(constraint, "abc")));
    assertEquals(List.of(), Walks.allowed(constraint, Walks.after(constraint, "abcxy")));
  }

  @Test
  void aSymbolAfterWhichTheVocabularyCannotGoOnIsDead() {
    Constraint constraint = Constraint.matching("a(b|c1)|x1?", LETTERS);
    assertEquals(List.of("a", "x"), Walks.allowed(constraint, constraint.start()));
    assertEquals(List.of("b"), Walks.allowed(constraint, Walks.after(constraint, "a")));
    assertEquals(List.of(), Walks.allowed(constraint, Walks.after(constraint, "x")));
  }

  @Test
  void aSetWithoutCharactersMayBeRepeatedNoTimes() {
    Constraint constraint = Constraint.matching("1*a1?b(1{0,3}|c)(1{2})?", LETTERS);
    assertTrue(Walks.accepts(constraint, "ab"));
    assertTrue(Walks.accepts(constraint, "abc"));
  }

  @Test
  void countsTheSymbolsThatAreStillNeeded() {
    Constraint constraint = Constraint.matching("a{3}(b|c{5})", LETTERS);
    assertEquals(4, constraint.distance(constraint.start()));
    assertEquals(1, constraint.distance(Walks.after(constraint, "aaa")));
    assertEquals(4, constraint.distance(Walks.after(constraint, "aaac")));
    int end = Walks.after(constraint, "aaab");
    assertEquals(0, constraint.distance(end));
    assertTrue(constraint.isComplete(end));
    assertFalse(constraint.isComplete(constraint.start()));
  }

  @Test
  void theEmptyTextMayBeTheOnlyOne() {
    Constraint constraint = Constraint.matching("", LETTERS);
    assertTrue(constraint.isComplete(constraint.start()));
    assertEquals(List.of(), Walks.allowed(constraint, constraint.start()));
  }

  @Test
  void countsBytesWhereASymbolIsAByte() {
    Constraint constraint = Constraint.matching("é|\\x{1F600}", BYTES);
    assertEquals(2, constraint.distance(constraint.start()));
    assertEquals(3, constraint.distance(Walks.after(constraint, 0xF0)));
    assertEquals(Constraint.DEAD, Walks.after(constraint, 0xF0, 0x90));
    assertTrue(Walks.accepts(constraint, 0xC3, 0xA9));
    assertFalse(Walks.accepts(constraint, 0xC3, 0xA8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".", "[^a]", "\\P{L}", "(?s).", "\\p{Cn}|a", "\\p{Cs}|a", "[\\uD800-\\uDFFF]|a"})
  void neverWritesHalfACharacterOrOneThatIsNone(String pattern) {
    String repeated = "(?:" + pattern + ")*";
    Constraint constraint = Constraint.matching(repeated, BYTES);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1000; i++) {
      int[] ids = new int[8];
      int length = 0;
      int state = constraint.start();
      while (length < 4 || !constraint.isComplete(state)) {
        int id = random.nextInt(256);
        int next = constraint.next(state, id);
        if (next != Constraint.DEAD) {
          ids[length++] = id;
          state = next;
        }
      }
      String text = BYTES.decode(Arrays.copyOf(ids, length));
      assertEquals(length, text.getBytes(StandardCharsets.UTF_8).length);
      assertTrue(Pattern.matches(repeated, text), text);
    }
    // Half a surrogate pair in three bytes, overlong forms, a code point above the last.
    assertEquals(Constraint.DEAD, Walks.after(constraint, 0xED, 0xA0));
    assertEquals(Constraint.DEAD, Walks.after(constraint, 0xC0));
    assertEquals(Constraint.DEAD, Walks.after(constraint, 0xE0, 0x9F));
    assertEquals(Constraint.DEAD, Walks.after(constraint, 0xF0, 0x8F));
    assertEquals(Constraint.DEAD, Walks.after(constraint, 0xF4, 0x90));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".+",
        "[^a]*",
        "\\p{IsGreek}+",
        "\\P{IsGreek}+",
        "(?s).{3}",
        "\\p{L}\\p{M}*",
        "[\\p{So}a-z]+",
        "(?i)stra\u00dfe|.",
        "(?iu)[\u00e0-\u00ff]+",
        "e\u0301?",
        "(\ud83d\ude00|\ud83d\ude01)*",
        "\\w*\\W"
      })
  void isLikeJavaOnTextsOfManyScriptsOverBytes(String pattern) {
    Constraint constraint = Constraint.matching(pattern, BYTES);
    String[] pieces = {
      "a",
      "e",
      "\u0301",
      "\u00e9",
      "\u00c9",
      "\u03b1",
      "\u03a9",
      "\n",
      "\u2028",
      "\ud83d\ude00",
      "\ud83d\ude01",
      "\u4e2d",
      "-"
    };
    for (String text : Walks.texts(3, pieces)) {
      assertEquals(Pattern.matches(pattern, text), Walks.accepts(constraint, text), text);
    }
  }

  @Test
  void isLikeJavaForEveryCharacterThereIs() {
    for (String pattern :
        List.of(".", "\\p{L}", "[^\\p{Lu}\\p{So}]", "(?iu)[a-z\u03b1]", "\\P{InBasicLatin}")) {
      Constraint constraint = Constraint.matching(pattern, BYTES);
      var matches = Pattern.compile(pattern).asMatchPredicate();
      for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += 7) {
        if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
          String text = Character.toString(codePoint);
          assertEquals(matches.test(text), Walks.accepts(constraint, text), text);
        }
      }
    }
  }

  @Test
  void symbolsMayBeSeveralCharactersOrHalfOfOne() {
    Constraint constraint = Constraint.matching("a(ba)*b|[è-é]{2}", new SyllableVocabulary());
    int a = 0;
    int b = 1;
    int ab = 2;
    int bab = 3;
    int eAcute = 4;
    int firstHalf = 5;
    int secondHalf = 6;
    assertEquals(1, constraint.distance(constraint.start()));
    assertTrue(Walks.accepts(constraint, ab));
    assertTrue(Walks.accepts(constraint, a, b));
    assertTrue(Walks.accepts(constraint, a, bab, ab));
    assertTrue(Walks.accepts(constraint, ab, ab, a, b));
    assertEquals(Constraint.DEAD, Walks.after(constraint, bab));
    assertEquals(Constraint.DEAD, Walks.after(constraint, ab, bab));
    assertTrue(Walks.accepts(constraint, firstHalf, secondHalf, eAcute));
    assertEquals(2, constraint.distance(Walks.after(constraint, firstHalf)));
    assertEquals(Constraint.DEAD, Walks.after(constraint, firstHalf, eAcute));
  }

  @Test
  void saysItsName() {
    assertEquals("matching(\"[a-z]+\")", Constraint.matching("[a-z]+", LETTERS).toString());
    assertEquals(
        "matching(\"x{2}\")", Constraint.matching(Pattern.compile("x{2}"), LETTERS).toString());
    assertEquals(
        "matching(\"" + "a".repeat(79) + "...\")",
        Constraint.matching("a".repeat(79) + "\ud83d\ude00?", LETTERS).toString(),
        "no half of a pair where it is cut");
    assertSame(LETTERS, Constraint.matching("a", LETTERS).vocabulary());
  }

  @Test
  void refusesStatesAndSymbolsThatItDoesNotHave() {
    Constraint constraint = Constraint.matching("a", LETTERS);
    int start = constraint.start();
    assertNotEquals(Constraint.DEAD, start);
    assertThrows(IndexOutOfBoundsException.class, () -> constraint.next(Constraint.DEAD, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> constraint.next(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> constraint.next(start, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> constraint.next(start, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> constraint.distance(Constraint.DEAD));
    assertThrows(IndexOutOfBoundsException.class, () -> constraint.isComplete(Constraint.DEAD));
  }
}
