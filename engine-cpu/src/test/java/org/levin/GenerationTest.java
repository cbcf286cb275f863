package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.constraint.Constraint;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.evaluation.ScoringOptions;
import org.levin.model.LstmArchitecture;
import org.levin.sampling.Beam;
import org.levin.sampling.GeneratedSymbol;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Hypothesis;
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
    GenerationOptions options =
        GenerationOptions.defaults().length(50).unknownSymbols(UnknownSymbols.skip());
    try (GenerationSession whole = letters.session(options);
        GenerationSession pieces = letters.session(options)) {
      whole.feed(Texts.ANNA);
      pieces.feed(Texts.ANNA.substring(0, 301)).feed("").feed("€€");
      pieces.feed(Texts.ANNA.substring(301));
      assertEquals(whole.write(), pieces.write());
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
      try (GenerationSession session = letters.session(GenerationOptions.defaults().seed(seed))) {
        counts[session.feed("th").next().id()]++;
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
      GenerationOptions options = GenerationOptions.defaults().length(300).seed(seed);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      StringBuilder text = new StringBuilder();
      try (GenerationSession session = bytes.session(options)) {
        while (session.hasNext()) {
          GeneratedSymbol symbol = session.next();
          waited |= symbol.text().isEmpty();
          assertTrue(isWhole(symbol.text()), "seed " + seed);
          text.append(symbol.text());
          written.write(symbol.id());
        }
      }
      assertEquals(300, written.size());
      assertFalse(text.toString().contains("\ufffd"), "what was written is well-formed UTF-8");
      String all = written.toString(StandardCharsets.UTF_8);
      assertTrue(all.startsWith(text.toString()));
      String rest = all.substring(text.length());
      assertTrue(rest.isEmpty() || rest.equals("\ufffd"), "only what is not whole is missing");
      assertEquals(text.toString(), bytes.generate("", options));
      try (GenerationSession session = bytes.session(options)) {
        assertTrue(session.pieces().allMatch(piece -> !piece.isEmpty() && isWhole(piece)));
      }
    }
    assertTrue(waited, "no character of several bytes was written");
  }

  /** Mixed scripts, combining marks and emoji through prompt, stop string, stream and mask. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noCharacterBreaksOnItsWay(boolean asBytes) throws IOException {
    String line =
        "Ωmega e\u0301tude \ud83d\udc69\u200d\ud83d\ude80 \u4e2d\u6587 \u0627\u0644 \ud83c\udde9\ud83c\uddea\n";
    Vocabulary vocabulary = asBytes ? Vocabulary.bytes() : Vocabulary.codePointsOf(line);
    try (Corpus corpus = CorpusEncoder.of(line.repeat(60)).vocabulary(vocabulary).open();
        SequenceModel model =
            Texts.smallTrainer()
                .architecture(LstmArchitecture.of(1, 48))
                .dropout(0)
                .epochs(25)
                .build()
                .train(corpus)) {
      // The model knows its line by heart: it is written whole, or up to each stop string.
      GenerationOptions options = GenerationOptions.of(Sampler.greedy()).length(400);
      assertEquals(line, model.generate(line, options.stopAt("\nΩ")) + "\n");
      for (String stop : List.of("\u0301", "\ud83d\ude80", "\u200d\ud83d\ude80 ", "\u6587 ")) {
        String expected = line.substring(0, line.indexOf(stop));
        assertEquals(expected, model.generate(line, options.stopAt(stop)));
        try (GenerationSession session = model.session(options.stopAt(stop))) {
          List<String> pieces = session.feed(line).pieces().toList();
          assertTrue(pieces.stream().allMatch(GenerationTest::isWhole), pieces.toString());
          assertEquals(expected, String.join("", pieces));
        }
      }
      Pattern wild =
          Pattern.compile(
              "[\\p{L}\\p{M}\ud83d\ude80\ud83d\udc69\ud83c\udde9\ud83c\uddea\u200d ]{3,30}");
      GenerationOptions masked =
          GenerationOptions.of(Sampler.temperature(5))
              .length(60)
              .constraint(Constraint.matching(wild, vocabulary));
      for (String text : model.generateAll(Collections.nCopies(200, "Ωm"), masked)) {
        assertTrue(wild.matcher(text).matches(), text);
      }
    }
  }

  @Test
  void manyTextsAtOnceAreThoseOfEachAlone() {
    List<String> prompts =
        IntStream.range(0, 90)
            .mapToObj(i -> Texts.ANNA.substring(i % 7, i % 7 + (i % 4) * 9))
            .toList();
    GenerationOptions options =
        GenerationOptions.of(Sampler.topP(0.9).then(Sampler.temperature(1.1)))
            .length(70)
            .seed(20)
            .stopAt("\n", "th");
    List<String> together = letters.generateAll(prompts, options);
    for (int i = 0; i < prompts.size(); i++) {
      assertEquals(letters.generate(prompts.get(i), options.seed(20 + i)), together.get(i));
    }
  }

  @Test
  void sixtyFourSessionsOnEightThreadsWriteWhatTheyWriteAlone() throws Exception {
    GenerationOptions options =
        GenerationOptions.of(Sampler.penalties(1.1, 0, 0, 16).then(Sampler.topK(20))).length(150);
    List<String> alone =
        IntStream.range(0, 64)
            .mapToObj(seed -> letters.generate("household ", options.seed(seed)))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int seed = 0; seed < 64; seed++) {
        GenerationOptions own = options.seed(seed);
        tasks.add(() -> letters.generate("household ", own));
      }
      List<String> together = new ArrayList<>();
      for (Future<String> text : threads.invokeAll(tasks)) {
        together.add(text.get());
      }
      assertEquals(alone, together);
      assertEquals(64, alone.stream().distinct().count());
    }
  }

  @Test
  void aThousandTextsMatchTheirPattern() {
    String pattern = "[A-Z][a-z]{3,8}(-[A-Z][a-z]+)?";
    GenerationOptions options =
        GenerationOptions.defaults()
            .length(40)
            .constraint(Constraint.matching(pattern, letters.vocabulary()));
    List<String> texts = letters.generateAll(Collections.nCopies(1000, ""), options);
    assertEquals(1000, texts.stream().filter(text -> text.matches(pattern)).count());
    assertTrue(texts.stream().anyMatch(text -> text.contains("-")));
    assertTrue(texts.stream().distinct().count() > 800);
  }

  @Test
  void theBestTextOfABeamIsAsLikelyAsItsScoreSays() {
    List<Hypothesis> found =
        letters.beamSearch(
            "The ", Beam.of(6).best(3).lengthPenalty(0), GenerationOptions.defaults().length(25));
    for (Hypothesis hypothesis : found) {
      double scored =
          letters
              .score(hypothesis.text(), ScoringOptions.defaults().after("The "))
              .logProbability();
      assertEquals(scored, hypothesis.logProbability(), 1e-9 * 25);
    }
    GenerationOptions greedy = GenerationOptions.of(Sampler.greedy()).length(25);
    double greedily =
        letters
            .score(letters.generate("The ", greedy), ScoringOptions.defaults().after("The "))
            .logProbability();
    assertTrue(found.getFirst().logProbability() >= greedily);
  }

  @Test
  void whatIsWrittenHasTheProbabilityThatIsScored() {
    List<GeneratedSymbol> symbols = new ArrayList<>();
    try (GenerationSession session =
        letters.session(GenerationOptions.of(Sampler.temperature(1.3)).length(50))) {
      session.feed("The ").forEachRemaining(symbols::add);
    }
    String text = symbols.stream().map(GeneratedSymbol::text).collect(Collectors.joining());
    assertArrayEquals(
        letters.score(text, ScoringOptions.defaults().after("The ")).logProbabilities(),
        symbols.stream().mapToDouble(GeneratedSymbol::logProbability).toArray(),
        "to the bit");
  }

  @Test
  void theEmbeddingIsWhatTheTopLayerRemembers() {
    float[] embedding = letters.embedding("The husband");
    assertEquals(13, embedding.length);
    assertArrayEquals(embedding, letters.embedding("The husband"));
    for (float value : embedding) {
      assertTrue(value > -1 && value < 1);
    }
    try (GenerationSession session = letters.session(GenerationOptions.defaults())) {
      float[] all = session.feed("The husband").hiddenState();
      assertEquals(26, all.length);
      assertArrayEquals(Arrays.copyOfRange(all, 13, 26), embedding);
    }
    assertEquals(
        letters.score("the").symbol(1).logProbability(),
        letters.distributionAfter("th").logProbability(letters.vocabulary().encode("e")[0]));
  }

  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
