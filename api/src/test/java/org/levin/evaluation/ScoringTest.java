package org.levin.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.levin.engine.MarkovNetwork;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** Scores by hand, and the same ones whole, in pieces, and side by side. */
class ScoringTest {
  private static final String SYMBOLS = "\na\u00e9\u0301\u4e2d\ud83d\ude00z";
  private static final Vocabulary VOCABULARY = Vocabulary.codePointsOf(SYMBOLS);
  private static final ScoringOptions OPTIONS = ScoringOptions.defaults();

  private final MarkovNetwork network = MarkovNetwork.mixed(7);

  @AfterEach
  void nothingStaysOpen() {
    assertEquals(0, network.openStates);
  }

  private Score score(String text, ScoringOptions options) {
    return new Scoring(network, VOCABULARY, options).score(text);
  }

  private static String text(int length, long seed) {
    int[] symbols = SYMBOLS.codePoints().toArray();
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(symbols[random.nextInt(symbols.length)]);
    }
    return text.toString();
  }

  @Test
  void eachSymbolButTheFirstHasItsProbabilityAndRank() {
    String text = text(40, 1);
    int[] ids = VOCABULARY.encode(text);
    Score score = score(text, OPTIONS);
    assertEquals(39, score.tokens());
    double sum = 0;
    int bytes = 0;
    for (int k = 0; k < 39; k++) {
      int earlier = k == 0 ? -1 : ids[k - 1];
      double expected = network.logProbability(earlier, ids[k], ids[k + 1]);
      sum += expected;
      bytes += VOCABULARY.symbol(ids[k + 1]).length;
      int rank = 1;
      for (int v = 0; v < 7; v++) {
        rank += network.logProbability(earlier, ids[k], v) > expected ? 1 : 0;
      }
      assertEquals(expected, score.symbol(k).logProbability(), 1e-6);
      assertEquals(rank, score.symbol(k).rank());
      assertEquals(ids[k + 1], score.symbol(k).id());
    }
    assertEquals(sum, score.logProbability(), 1e-5);
    assertEquals(bytes, score.utf8Bytes());
  }

  @Test
  void afterAContextTheFirstSymbolCountsToo() {
    int[] ids = VOCABULARY.encode("\u4e2da\u00e9z");
    Score score = score("\u00e9z", OPTIONS.after("\u4e2da"));
    assertEquals(2, score.tokens());
    assertEquals(
        network.logProbability(ids[0], ids[1], ids[2]), score.symbol(0).logProbability(), 1e-6);
    assertEquals(
        network.logProbability(ids[1], ids[2], ids[3]), score.symbol(1).logProbability(), 1e-6);
    assertArrayEquals(
        score("\na\u00e9", OPTIONS).logProbabilities(),
        score("a\u00e9", OPTIONS.after("")).logProbabilities(),
        "an empty context is a line break");
    assertEquals(0, score("", OPTIONS.after("z")).tokens());
  }

  @Test
  void withoutAContextTwoSymbolsAreNeeded() {
    for (String text : List.of("", "a")) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> score(text, OPTIONS));
      assertTrue(refusal.getMessage().contains("at least 2 symbols"), refusal.getMessage());
    }
  }

  @Property(seed = "20260101", tries = 100)
  void cutAnywhereAndSideBySideTheNumbersAreThoseOfTheWhole(
      @ForAll @IntRange(min = 2, max = 900) int length, @ForAll long seed) {
    String text = text(length, seed);
    SplittableRandom random = new SplittableRandom(seed);
    ScoringOptions options = random.nextBoolean() ? OPTIONS : OPTIONS.after(text(3, seed));
    Score whole = score(text, options);
    List<ScoredSymbol> symbols = new ArrayList<>();
    try (TextScorer scorer = new TextScorer(network, VOCABULARY, options, symbols::add)) {
      // Between any two chars, also within a surrogate pair.
      int most = random.nextInt(1, 2 * length);
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + random.nextInt(most + 1));
        scorer.add(text.substring(at, end));
        at = end;
      }
      assertSame(whole, symbols, scorer.finish());
    }
    List<String> others = new ArrayList<>();
    for (int i = random.nextInt(100); i > 0; i--) {
      others.add(text(random.nextInt(2, 2 * length), i));
    }
    int place = random.nextInt(others.size() + 1);
    others.add(place, text);
    Score among = new Scoring(network, VOCABULARY, options).score(others).get(place);
    assertArrayEquals(whole.logProbabilities(), among.logProbabilities());
    assertArrayEquals(whole.ranks(), among.ranks());
    assertEquals(whole.logProbability(), among.logProbability());
    assertEquals(whole.utf8Bytes(), among.utf8Bytes());
  }

  private static void assertSame(Score whole, List<ScoredSymbol> symbols, Likelihood pieces) {
    assertArrayEquals(
        whole.logProbabilities(),
        symbols.stream().mapToDouble(ScoredSymbol::logProbability).toArray());
    assertEquals(whole.logProbability(), pieces.logProbability(), "to the bit");
    assertEquals(whole.natsPerToken(), pieces.natsPerToken());
    assertEquals(whole.bitsPerByte(), pieces.bitsPerByte());
    assertEquals(whole.tokens(), pieces.tokens());
  }

  @Test
  void aReaderAndIdsScoreLikeTheirText() throws IOException {
    String text = text(50_000, 3);
    Score whole = score(text, OPTIONS);
    List<ScoredSymbol> symbols = new ArrayList<>();
    try (TextScorer scorer = new TextScorer(network, VOCABULARY, OPTIONS, symbols::add);
        Reader reader = new StringReader(text)) {
      assertSame(whole, symbols, scorer.add(reader).finish());
    }
    symbols.clear();
    try (TextScorer scorer = new TextScorer(network, VOCABULARY, OPTIONS, symbols::add)) {
      assertSame(whole, symbols, scorer.add(VOCABULARY.encode(text)).finish());
    }
    assertTrue(network.mostLogits <= 1 << 21, network.mostLogits + " logits at once");
  }

  @Test
  void refusesIdsThatAreNone() {
    try (TextScorer scorer = new TextScorer(network, VOCABULARY, OPTIONS, _ -> {})) {
      scorer.add(1, 2);
      for (int id : new int[] {-1, 7}) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> scorer.add(3, id));
        assertEquals("ids must lie in [0, 7), but one is " + id, refusal.getMessage());
      }
      assertEquals(1, scorer.tokens());
      scorer.add("\ud83d");
      assertThrows(UnknownSymbolException.class, () -> scorer.add(1), "half a pair was left");
    }
    assertThrows(
        UnknownSymbolException.class,
        () -> new TextScorer(network, VOCABULARY, OPTIONS.after("?"), _ -> {}).close());
  }

  @Test
  void unknownSymbolsAreNamedWithTheirPlaceInTheWholeText() {
    try (TextScorer scorer = new TextScorer(network, VOCABULARY, OPTIONS, _ -> {})) {
      scorer.add("a\ud83d\ude00a\ud83d").add("\ude00\u00e9");
      var unknown = assertThrows(UnknownSymbolException.class, () -> scorer.add("aax"));
      assertEquals(7, unknown.position());
      assertEquals("x", unknown.symbol());
      assertEquals(4, scorer.tokens(), "nothing of the piece is scored");
      scorer.add("\ud83d");
      assertThrows(UnknownSymbolException.class, scorer::finish);
    }
    ScoringOptions skipping = OPTIONS.unknownSymbols(UnknownSymbols.skip());
    assertArrayEquals(
        score("a\u00e9", OPTIONS).logProbabilities(),
        score("xa?\u00e9\ud83d", skipping).logProbabilities());
    assertThrows(UnknownSymbolException.class, () -> score("a", OPTIONS.after("x")));
  }
}
