package org.levin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** Writing texts. */
class GenerationTest {
  /** Characters of one to four bytes, of which a model of bytes makes many a malformed one. */
  private static final String MIXED = "naïve \u4e2d\u6587 \ud834\udd1e\u00df! ".repeat(40);

  private static SequenceModel letters;
  private static SequenceModel bytes;

  @BeforeAll
  static void trainTwoModels() throws IOException {
    try (Corpus corpus = Corpus.of(Texts.ANNA)) {
      letters = Texts.smallTrainer().build().train(corpus);
    }
    try (Corpus corpus = CorpusEncoder.of(MIXED).vocabulary(Vocabulary.bytes()).open()) {
      bytes = Texts.smallTrainer().epochs(8).build().train(corpus);
    }
  }

  @AfterAll
  static void close() {
    letters.close();
    bytes.close();
  }

  @Test
  void theSameSeedWritesTheSameTextAndAnotherAnother() {
    String text = letters.generate("The ", 120, Sampler.unchanged(), 5);
    assertEquals(text, letters.generate("The ", 120, Sampler.unchanged(), 5));
    assertNotEquals(text, letters.generate("The ", 120, Sampler.unchanged(), 6));
    assertNotEquals(text, letters.generate("The ", 120, Sampler.unchanged(), 5 | 1L << 32));
  }

  @Test
  void thePromptMatters() {
    long differing =
        IntStream.range(0, 20)
            .filter(
                seed ->
                    !letters
                        .generate("th", 20, Sampler.unchanged(), seed)
                        .equals(letters.generate("qu", 20, Sampler.unchanged(), seed)))
            .count();
    assertTrue(differing > 0);
  }

  @Test
  void theBeginningOfATextDoesNotDependOnItsLength() {
    String text = letters.generate("", 90, Sampler.topK(9), 11);
    assertEquals(text.substring(0, 31), letters.generate("", 31, Sampler.topK(9), 11));
  }

  @Test
  void fourThreadsShareAModelWithoutDisturbingEachOther() throws Exception {
    List<String> alone =
        IntStream.range(0, 4).mapToObj(seed -> write(seed, Sampler.topK(20))).toList();
    CyclicBarrier start = new CyclicBarrier(4);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        int own = seed;
        tasks.add(
            () -> {
              start.await();
              return write(own, Sampler.topK(20));
            });
      }
      List<String> together = new ArrayList<>();
      for (Future<String> text : threads.invokeAll(tasks)) {
        together.add(text.get());
      }
      assertEquals(alone, together);
      assertEquals(4, alone.stream().distinct().count());
    }
  }

  private static String write(long seed, Sampler sampler) {
    return letters.generate("household ", 300, sampler, seed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 257})
  void writesExactlyAsManySymbolsAsAsked(int length) {
    String text = letters.generate("An", length, Sampler.unchanged(), 1);
    assertEquals(length, text.codePointCount(0, text.length()));
  }

  @Test
  void countsSymbolsNotHalvesOfSurrogatePairs() {
    try (Corpus corpus = Corpus.of(MIXED);
        SequenceModel model = Texts.smallTrainer().epochs(1).build().train(corpus)) {
      String text = model.generate("", 200, Sampler.unchanged(), 2);
      assertTrue(text.contains("\ud834\udd1e"), text);
      assertEquals(200, text.codePointCount(0, text.length()));
    }
  }

  @Test
  void refusesALengthBelowZero() {
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> letters.generate("", -1, Sampler.unchanged(), 1));
    assertEquals("length must be at least 0, but was -1", refusal.getMessage());
  }

  @Test
  void aPromptWithAnUnknownSymbolIsAnErrorThatNamesIt() {
    var refusal =
        assertThrows(
            UnknownSymbolException.class,
            () -> letters.generate("Anna €", 5, Sampler.unchanged(), 1));
    assertEquals("€", refusal.symbol());
    assertTrue(refusal.getMessage().contains("€"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("position 5"), refusal.getMessage());
  }

  @Test
  void anEmptyPromptStartsAsAfterALineBreak() {
    assertEquals(
        letters.generate("\n", 60, Sampler.unchanged(), 4),
        letters.generate("", 60, Sampler.unchanged(), 4));
  }

  @Test
  void withoutALineBreakAnEmptyPromptStartsAfterTheFirstSymbol() {
    try (Corpus corpus = Corpus.of("abcdab".repeat(60));
        SequenceModel model = Texts.smallTrainer().epochs(1).build().train(corpus)) {
      assertEquals(
          model.generate("a", 60, Sampler.unchanged(), 4),
          model.generate("", 60, Sampler.unchanged(), 4));
    }
  }

  @Test
  void aPromptMayBeFedInPieces() {
    try (GenerationSession whole = letters.session(9);
        GenerationSession pieces = letters.session(9)) {
      whole.feed(Texts.ANNA, UnknownSymbols.error());
      pieces.feed(Texts.ANNA.substring(0, 301), UnknownSymbols.error());
      pieces.feed("", UnknownSymbols.error());
      pieces.feed("€€", UnknownSymbols.skip());
      pieces.feed(Texts.ANNA.substring(301), UnknownSymbols.error());
      for (int i = 0; i < 50; i++) {
        assertEquals(whole.next(Sampler.unchanged()), pieces.next(Sampler.unchanged()));
      }
    }
  }

  @Test
  void greedyWritesTheMostLikelyWhateverTheSeed() {
    assertEquals(
        letters.generate("The ", 80, Sampler.greedy(), 1),
        letters.generate("The ", 80, Sampler.greedy(), 2));
    assertEquals(
        letters.generate("The ", 80, Sampler.greedy(), 1),
        letters.generate("The ", 80, Sampler.temperature(1e-4), 3));
  }

  @Test
  void drawsFromTheDistributionThatItScores() {
    int draws = 4_000;
    int[] counts = new int[letters.vocabulary().size()];
    for (int seed = 0; seed < draws; seed++) {
      try (GenerationSession session = letters.session(seed)) {
        session.feed("th", UnknownSymbols.error());
        counts[session.next(Sampler.unchanged())]++;
      }
    }
    double chiSquare = 0;
    int freedom = -1;
    for (int v = 0; v < counts.length; v++) {
      String symbol = letters.vocabulary().decode(v);
      double expected = draws * Math.exp(letters.score("th" + symbol).logProbabilities()[1]);
      chiSquare += (counts[v] - expected) * (counts[v] - expected) / expected;
      freedom++;
    }
    assertTrue(chiSquare < freedom + 4 * Math.sqrt(2.0 * freedom), chiSquare + " with " + freedom);
  }

  @Test
  void aModelOfBytesNeverYieldsHalfACharacter() {
    boolean waited = false;
    for (int seed = 0; seed < 5; seed++) {
      StringBuilder text = new StringBuilder();
      try (GenerationSession session = bytes.session(seed)) {
        for (int i = 0; i < 300; i++) {
          String piece = session.nextText(Sampler.unchanged());
          waited |= piece.isEmpty();
          assertTrue(isWhole(piece), "seed " + seed + ", symbol " + i);
          text.append(piece);
        }
        text.append(session.finish());
      }
      int own = seed;
      int[] ids;
      try (GenerationSession session = bytes.session(own)) {
        ids = IntStream.range(0, 300).map(_ -> session.next(Sampler.unchanged())).toArray();
      }
      byte[] written = new byte[ids.length];
      for (int i = 0; i < ids.length; i++) {
        written[i] = (byte) ids[i];
      }
      assertEquals(new String(written, StandardCharsets.UTF_8), text.toString());
      assertEquals(text.toString(), bytes.generate("", 300, Sampler.unchanged(), seed));
      assertFalse(text.isEmpty());
    }
    assertTrue(waited, "no character of several bytes was written");
  }

  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
