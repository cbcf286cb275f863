package org.levin.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.levin.text.CaseFoldingVocabulary;
import org.levin.text.Vocabulary;

class TextSetTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcxyz");

  private static String refusal(List<String> texts, Vocabulary vocabulary) {
    return assertThrows(IllegalArgumentException.class, () -> Constraint.oneOf(texts, vocabulary))
        .getMessage();
  }

  @Test
  void allowsTheTextsAndNoOthers() {
    Constraint constraint = Constraint.oneOf(List.of("abc", "ab", "xyz", "ab"), LETTERS);
    for (String text : List.of("abc", "ab", "xyz")) {
      assertTrue(Walks.accepts(constraint, text), text);
    }
    for (String text : List.of("", "a", "abcx", "xy", "abz", "xyzz")) {
      assertFalse(Walks.accepts(constraint, text), text);
    }
    assertEquals(2, constraint.distance(constraint.start()));
    assertEquals(List.of("a", "x"), Walks.allowed(constraint, constraint.start()));
    assertEquals("one of 3 texts", constraint.toString());
    assertEquals("one text", Constraint.oneOf(List.of("a", "a"), LETTERS).toString());
  }

  @Test
  void theEmptyTextMayBeOneOfThemOrTheOnlyOne() {
    Constraint both = Constraint.oneOf(List.of("a", ""), LETTERS);
    assertTrue(both.isComplete(both.start()));
    assertTrue(Walks.accepts(both, "a"));
    Constraint only = Constraint.oneOf(List.of(""), LETTERS);
    assertTrue(only.isComplete(only.start()));
    assertEquals(List.of(), Walks.allowed(only, only.start()));
  }

  @Test
  void ordersTextsByTheirBytesNotTheirChars() {
    // In UTF-16 the surrogates of the first come before U+FFFD, in UTF-8 its bytes come after.
    List<String> texts = List.of("\ud83d\ude00", "\ufffd", "é", "e\u0301", "\u0000", "中");
    for (Vocabulary vocabulary :
        List.of(Vocabulary.bytes(), Vocabulary.codePointsOf(String.join("", texts)))) {
      Constraint constraint = Constraint.oneOf(texts, vocabulary);
      for (String text : texts) {
        assertTrue(Walks.accepts(constraint, text), text);
      }
      assertFalse(Walks.accepts(constraint, "e"));
      assertFalse(Walks.accepts(constraint, "\u0000\u0000"));
    }
  }

  @Test
  void aTextMayBeLong() {
    String text = "abcxyz".repeat(1000);
    List<String> texts = List.of(text, text + "a", text.substring(1), "ab", "");
    Constraint constraint = Constraint.oneOf(texts, LETTERS);
    for (String each : texts) {
      assertTrue(Walks.accepts(constraint, each));
    }
    assertFalse(Walks.accepts(constraint, text.substring(0, 5999)));
    assertFalse(Walks.accepts(constraint, text + "b"));
    assertEquals(1, constraint.distance(Walks.after(constraint, "a")));
    assertEquals(5997, constraint.distance(Walks.after(constraint, "abc")));
  }

  @Test
  void thereMayBeManyTexts() {
    List<String> texts = new ArrayList<>(Walks.texts(6, "a", "b", "x", "z"));
    texts.removeIf(text -> text.hashCode() % 3 == 0);
    Constraint constraint = Constraint.oneOf(texts, LETTERS);
    for (String text : Walks.texts(6, "a", "b", "x", "z")) {
      assertEquals(text.hashCode() % 3 != 0, Walks.accepts(constraint, text), text);
    }
  }

  @Test
  void symbolsMayBeSeveralCharacters() {
    Constraint constraint = Constraint.oneOf(List.of("abab", "é"), new SyllableVocabulary());
    int a = 0;
    int ab = 2;
    int bab = 3;
    assertEquals(1, constraint.distance(constraint.start()));
    assertTrue(Walks.accepts(constraint, a, bab));
    assertTrue(Walks.accepts(constraint, ab, ab));
    assertEquals(Constraint.DEAD, Walks.after(constraint, bab));
  }

  @Test
  void refusesToAllowNothing() {
    assertEquals(
        "there must be at least one allowed text, but the collection is empty",
        refusal(List.of(), LETTERS));
  }

  @Test
  void refusesHalfASurrogatePair() {
    assertEquals(
        "an allowed text must be well-formed Unicode, but \"a\ud83d\" holds half a surrogate pair",
        refusal(List.of("a", "a\ud83d", "b"), LETTERS));
  }

  @Test
  void namesTheFirstTextAndSymbolThatTheVocabularyCannotWrite() {
    assertEquals(
        "the vocabulary cannot write the allowed text \"ab-\": it has no \"-\", which is at position 2 of the text (in code points, from 0); leave the text out, or take a vocabulary that has it",
        refusal(List.of("abc", "ab-", "!"), LETTERS));
  }

  @Test
  void refusesATextThatTheVocabularyWritesAsAnother() {
    assertEquals(
        "the vocabulary cannot write the allowed text \"aB\": what it writes is \"ab\"",
        refusal(List.of("ab", "aB"), new CaseFoldingVocabulary()));
  }

  @Test
  void refusesTooManyLongTexts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      texts.add("abcxyz".repeat(16_000 + i));
    }
    assertEquals(
        "the allowed texts are too long together: they have more than 1000000 bytes in texts of more than 1000 bytes; allow fewer, or shorter ones",
        refusal(texts, LETTERS));
  }
}
