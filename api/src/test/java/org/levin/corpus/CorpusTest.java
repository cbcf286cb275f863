package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.CaseFoldingVocabulary;
import org.levin.text.Source;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

class CorpusTest {
  @TempDir Path folder;

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String decoded(Corpus corpus) {
    return corpus.vocabulary().decode(ArraySequence.all(corpus.tokens()));
  }

  /** Around the borders of the index types, and so many that ids need 32 bits. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 128, 129, 256, 257, 32_768, 32_769, 70_000})
  void everySymbolSurvivesTheFile(int vocabularySize) throws IOException {
    int[] symbols =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) != Character.SURROGATE)
            .limit(vocabularySize)
            .toArray();
    String all = new String(symbols, 0, symbols.length);
    String text = all + new StringBuilder(all).reverse() + all.substring(all.length() / 2);
    Path file = folder.resolve("corpus.arrow");
    CorpusEncoder.of(text("text", text)).encodeTo(file);
    try (Corpus corpus = Corpus.open(file)) {
      assertEquals(vocabularySize, corpus.vocabulary().size());
      assertEquals(Vocabulary.codePointsOf(text), corpus.vocabulary());
      assertArrayEquals(corpus.vocabulary().encode(text), ArraySequence.all(corpus.tokens()));
      corpus.verify();
    }
  }

  @Test
  void severalRecordBatchesAreOneSequence() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    int size = 2 * CorpusLayout.BATCH_TOKENS + 4321;
    StringBuilder text = new StringBuilder(size);
    String alphabet = "ab \u00E9\u4E16\n";
    for (int i = 0; i < size; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    int[] expected = Vocabulary.codePointsOf(alphabet).encode(text.toString());
    Path file = folder.resolve("corpus.arrow");
    CorpusEncoder.of(text("text", text.toString())).encodeTo(file);
    try (Corpus corpus = Corpus.open(file)) {
      assertEquals(size, corpus.size());
      assertArrayEquals(expected, ArraySequence.all(corpus.tokens()));
      for (int border : new int[] {CorpusLayout.BATCH_TOKENS, 2 * CorpusLayout.BATCH_TOKENS}) {
        int[] across = new int[9];
        corpus.tokens().copyTo(border - 4, across, 1, 7);
        assertArrayEquals(
            Arrays.copyOfRange(expected, border - 4, border + 3), Arrays.copyOfRange(across, 1, 8));
        corpus.tokens().slice(border, size).copyTo(0, across, 0, 9);
        assertArrayEquals(Arrays.copyOfRange(expected, border, border + 9), across);
      }
    }
  }

  @Test
  void bytesFillRecordBatchesThoughACharacterIsCutByTheirBorder() throws IOException {
    String text = "x" + "\u4E16".repeat(CorpusLayout.BATCH_TOKENS / 3 * 2);
    try (Corpus corpus = CorpusEncoder.of(text).vocabulary(Vocabulary.bytes()).open()) {
      assertEquals(text.getBytes(StandardCharsets.UTF_8).length, corpus.size());
      assertEquals(text, decoded(corpus));
    }
  }

  @Test
  void severalFilesFollowEachOther() throws Exception {
    String[] parts = {"Anna", "", "\uFEFFHappy\r\n families", "\uD83D\uDE00"};
    Path[] files = new Path[parts.length];
    for (int i = 0; i < parts.length; i++) {
      files[i] = text("part " + i, parts[i]);
    }
    try (Corpus corpus = Corpus.of(files)) {
      assertEquals(String.join("", parts), decoded(corpus));
      assertEquals(Vocabulary.codePointsOf(String.join("", parts)), corpus.vocabulary());
      assertEquals(
          Stream.of(parts).map(CorpusTest::source).toList(),
          corpus.sources().stream().map(CorpusTest::unnamed).toList());
      assertEquals(files[2].toString(), corpus.sources().get(2).name());
    }
  }

  private static Source source(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] digest = assertDoesNotThrow(() -> MessageDigest.getInstance("SHA-256").digest(utf8));
    return new Source("any", utf8.length, HexFormat.of().formatHex(digest));
  }

  private static Source unnamed(Source source) {
    return new Source("any", source.size(), source.sha256());
  }

  @Test
  void aStringIsACorpusToo() {
    try (Corpus corpus = Corpus.of("Anna")) {
      assertEquals("Anna", decoded(corpus));
      assertEquals(3, corpus.vocabulary().size());
      assertEquals(List.of(new Source("text", 4, source("Anna").sha256())), corpus.sources());
      assertEquals(1, corpus.split(0.25).validation().size());
    }
  }

  @Test
  void memoryTemporaryFileAndOwnFileHoldTheSame() throws IOException {
    Path text = text("text", "Happy families are all alike");
    CorpusEncoder encoder = CorpusEncoder.of(text);
    encoder.encodeTo(folder.resolve("own.arrow"));
    try (Corpus inMemory = encoder.open();
        Corpus inTemporaryFile = encoder.open(0);
        Corpus inOwnFile = Corpus.open(folder.resolve("own.arrow"))) {
      for (Corpus corpus : List.of(inMemory, inTemporaryFile, inOwnFile)) {
        assertEquals("Happy families are all alike", decoded(corpus));
        assertTrue(inOwnFile.sources().getFirst().hasTheBytesOf(corpus.sources().getFirst()));
        assertEquals(inOwnFile.vocabulary(), corpus.vocabulary());
      }
    }
  }

  @Test
  void aTextIsNamedByItsPathButInACorpusFileByItsNameAlone() throws IOException {
    Path text = text("text", "Happy families are all alike");
    Path file = folder.resolve("own.arrow");
    CorpusEncoder.of(text).encodeTo(file);
    try (Corpus encoded = CorpusEncoder.of(text).open();
        Corpus opened = Corpus.open(file)) {
      assertEquals(text.toString(), encoded.sources().getFirst().name());
      assertEquals("text", opened.sources().getFirst().name());
    }
  }

  @Test
  void theTemporaryFileIsGoneWhenTheCorpusIsClosed() throws IOException {
    List<Path> before = temporaryFiles();
    Corpus corpus = CorpusEncoder.of("Anna").open(100);
    corpus.verify();
    corpus.close();
    assertEquals(before, temporaryFiles());
    assertThrows(
        IllegalArgumentException.class,
        () -> CorpusEncoder.of("b").vocabulary(Vocabulary.codePointsOf("a")).open(0));
    assertEquals(before, temporaryFiles());
  }

  private static List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.toString().endsWith(".arrow")).sorted().toList();
    }
  }

  @Test
  void whatIsClosedCannotBeRead() {
    Corpus corpus = Corpus.of("Anna");
    TokenSequence slice = corpus.tokens().slice(1, 3);
    slice.copyTo(0, new int[2], 0, 2);
    corpus.close();
    corpus.close();
    assertThrows(IllegalStateException.class, () -> slice.copyTo(0, new int[2], 0, 2));
    assertThrows(IllegalStateException.class, corpus::verify);
    assertEquals(4, corpus.size());
  }

  @Test
  void manyThreadsMayTouchTheSameTokensFirst() throws Exception {
    String text = "ab".repeat(CorpusLayout.BATCH_TOKENS);
    int[] expected = Vocabulary.codePointsOf(text).encode(text);
    try (Corpus corpus = Corpus.of(text);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<int[]>> readers =
          Collections.nCopies(8, () -> ArraySequence.all(corpus.tokens()));
      for (Future<int[]> read : threads.invokeAll(readers)) {
        assertArrayEquals(expected, read.get());
      }
    }
  }

  @Test
  void aVocabularyThatGivesIdsItDoesNotHaveIsCaught() {
    Vocabulary wrong =
        new CaseFoldingVocabulary() {
          @Override
          public int size() {
            return 1;
          }
        };
    assertThrows(
        IllegalStateException.class, () -> CorpusEncoder.of("ab").vocabulary(wrong).open());
  }

  @Test
  void readingOutsideIsOutOfBounds() {
    try (Corpus corpus = Corpus.of("Anna")) {
      TokenSequence tokens = corpus.tokens();
      assertThrows(IndexOutOfBoundsException.class, () -> tokens.copyTo(2, new int[9], 0, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> tokens.copyTo(-1, new int[9], 0, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> tokens.copyTo(0, new int[2], 1, 2));
    }
  }

  @Test
  void aVocabularyOfTheCallersOwnTypeIsBroughtAlongOnOpening() throws IOException {
    Vocabulary folding = new CaseFoldingVocabulary();
    Path file = folder.resolve("corpus.arrow");
    CorpusEncoder.of("AbBa!")
        .vocabulary(folding)
        .unknownSymbols(UnknownSymbols.skip())
        .encodeTo(file);
    try (Corpus corpus = Corpus.open(file, folding)) {
      assertEquals("abba", decoded(corpus));
    }
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> Corpus.open(file));
    assertTrue(missing.getMessage().contains("folded"), missing.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Corpus.open(file, Vocabulary.codePointsOf("ab")));
  }

  @Test
  void anotherVocabularyThanTheFilesIsRefused() throws IOException {
    Path file = folder.resolve("corpus.arrow");
    CorpusEncoder.of("abba").encodeTo(file);
    Corpus.open(file, Vocabulary.codePointsOf("ab")).close();
    assertThrows(
        IllegalArgumentException.class, () -> Corpus.open(file, Vocabulary.codePointsOf("ac")));
  }

  @Test
  void whatIsNoFileCannotBeOpened() {
    assertThrows(NoSuchFileException.class, () -> Corpus.open(folder.resolve("missing")));
    assertThrows(FileSystemException.class, () -> Corpus.open(folder));
  }
}
