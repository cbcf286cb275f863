package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.levin.text.Source;

class TrainingCorpusTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final Source ANNA = new Source("anna.txt", 90, A);
  private static final Source IDIOT = new Source("idiot.txt", 10, B);
  private static final TrainingCorpus CORPUS = corpus(100, 90, 10, 5, A, ANNA, IDIOT);

  private static TrainingCorpus corpus(
      long tokens,
      long training,
      long validation,
      int symbols,
      String fingerprint,
      Source... sources) {
    return new TrainingCorpus(
        List.of(sources), tokens, training, validation, "0123abcd", symbols, fingerprint);
  }

  @Test
  void theSameTextsUnderOtherNamesAreTheSame() {
    assertEquals(Optional.empty(), CORPUS.differenceFrom(CORPUS));
    Source renamed = new Source("elsewhere/anna.txt", 90, A);
    assertEquals(
        Optional.empty(), corpus(100, 90, 10, 5, A, renamed, IDIOT).differenceFrom(CORPUS));
  }

  @Test
  void otherTextsAreNamedWithTheirDigests() {
    Source changed = new Source("anna.txt", 90, B);
    assertEquals(
        Optional.of(
            "anna.txt (90 bytes, SHA-256 %s), not anna.txt (90 bytes, SHA-256 %s) and idiot.txt (10 bytes, SHA-256 %s)"
                .formatted(B, A, B)),
        corpus(100, 90, 10, 5, A, changed).differenceFrom(CORPUS));
    assertDiffers("idiot.txt (10 bytes", corpus(100, 90, 10, 5, A, IDIOT, ANNA));
    assertDiffers(
        "anna.txt (91 bytes", corpus(100, 90, 10, 5, A, new Source("anna.txt", 91, A), IDIOT));
    assertDiffers("anna.txt (90 bytes", corpus(100, 90, 10, 5, A, ANNA));
  }

  @Test
  void anotherVocabularyIsNamed() {
    assertDiffers(
        "a vocabulary of 6 symbols with the fingerprint " + B + ", not of 5 with " + A,
        corpus(100, 90, 10, 6, B, ANNA, IDIOT));
  }

  @Test
  void anotherNumberOfTokensIsNamed() {
    assertDiffers(
        "101 tokens, 90 to train on, not 100 and 90", corpus(101, 90, 11, 5, A, ANNA, IDIOT));
    assertDiffers(
        "100 tokens, 89 to train on, not 100 and 90", corpus(100, 89, 11, 5, A, ANNA, IDIOT));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused("tokens must be at least 1", () -> corpus(0, 0, 0, 5, A));
    assertRefused("trainingTokens", () -> corpus(1, -1, 0, 5, A));
    assertRefused("validationTokens", () -> corpus(1, 0, -1, 5, A));
    assertRefused("more than the corpus has", () -> corpus(100, 91, 10, 5, A));
    assertRefused(
        "more than the corpus has", () -> corpus(100, Long.MAX_VALUE, Long.MAX_VALUE, 5, A));
    assertRefused("vocabularySize", () -> corpus(100, 90, 10, 0, A));
    assertRefused("vocabularyFingerprint", () -> corpus(100, 90, 10, 5, "A".repeat(64)));
  }

  private static void assertDiffers(String said, TrainingCorpus other) {
    String difference = other.differenceFrom(CORPUS).orElseThrow();
    assertTrue(difference.contains(said), difference);
  }

  private static void assertRefused(String said, Executable made) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, made);
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }
}
