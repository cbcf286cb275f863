package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

class CorpusEncoderTest {
  @TempDir Path folder;

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static String decoded(Corpus corpus) {
    return corpus.vocabulary().decode(ArraySequence.all(corpus.tokens()));
  }

  /** The malformed byte lies before, at and behind the border of the reader's buffer. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        5,
        TextReader.PIECE - 1,
        TextReader.PIECE,
        TextReader.PIECE + 1,
        3 * TextReader.PIECE - 2
      })
  void malformedTextIsAnErrorThatNamesTheByte(int offset) throws IOException {
    Path good = file("good", utf8("abc"));
    Path bad = file("bad", joined(utf8("x".repeat(offset)), new byte[] {(byte) 0xE9, 'a'}));
    MalformedTextException malformed =
        assertThrows(MalformedTextException.class, () -> Corpus.of(good, bad));
    assertEquals(offset, malformed.offset());
    assertEquals(bad, malformed.file());
    assertTrue(
        malformed.getMessage().contains("byte offset " + offset + ": 0xE9"),
        malformed.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void charactersCutByTheBorderOfTheBufferAreWhole(int shift) throws IOException {
    String text =
        "x".repeat(TextReader.PIECE - shift)
            + "\uD83D\uDE00\u4E16\u00E9".repeat(TextReader.PIECE / 4);
    try (Corpus corpus = Corpus.of(file("text", utf8(text)))) {
      assertEquals(text, decoded(corpus));
    }
  }

  @Test
  void everyFileMustBeWellFormedByItself() throws IOException {
    byte[] smile = utf8("\uD83D\uDE00");
    Path head = file("head", joined(utf8("ab"), new byte[] {smile[0], smile[1]}));
    Path tail = file("tail", new byte[] {smile[2], smile[3]});
    MalformedTextException malformed =
        assertThrows(MalformedTextException.class, () -> Corpus.of(head, tail));
    assertEquals(head, malformed.file());
    assertEquals(2, malformed.offset());
  }

  @Test
  void malformedTextIsReplacedOnRequestAsTheJdkDoes() throws IOException {
    byte[] bytes =
        joined(
            utf8("a\u00E9"), new byte[] {(byte) 0xC0, (byte) 0x80, 'b', (byte) 0xF0, (byte) 0x9F});
    try (Corpus corpus = CorpusEncoder.of(file("text", bytes)).replaceMalformed().open()) {
      assertEquals(new String(bytes, StandardCharsets.UTF_8), decoded(corpus));
      assertEquals(bytes.length, corpus.sources().getFirst().size());
    }
  }

  @Test
  void halfASurrogatePairIsNoText() {
    assertThrows(IllegalArgumentException.class, () -> Corpus.of("a\uD83D"));
  }

  @Test
  void unknownSymbolsAreReportedWithTheirPlaceInTheWholeText() throws IOException {
    Path first = file("first", utf8("\uD83D\uDE00".repeat(TextReader.PIECE) + "b"));
    Path second = file("second", utf8("bb!b\u00E9!"));
    CorpusEncoder encoder =
        CorpusEncoder.of(first, second).vocabulary(Vocabulary.codePointsOf("b\uD83D\uDE00"));
    UnknownSymbolException unknown = assertThrows(UnknownSymbolException.class, encoder::open);
    assertEquals("!", unknown.symbol());
    assertEquals(TextReader.PIECE + 3, unknown.position());
    assertEquals(List.of("!", "\u00E9"), unknown.symbols());
    assertTrue(unknown.getMessage().contains("2 symbols"), unknown.getMessage());
    try (Corpus corpus = encoder.unknownSymbols(UnknownSymbols.skip()).open()) {
      assertTrue(decoded(corpus).endsWith("\uD83D\uDE00bbbb"));
    }
    try (Corpus corpus = encoder.unknownSymbols(UnknownSymbols.replaceWith("b")).open()) {
      assertTrue(decoded(corpus).endsWith("\uD83D\uDE00bbbbbbb"));
    }
  }

  @Test
  void aGivenVocabularyKeepsItsOrder() throws IOException {
    Vocabulary reversed =
        Vocabulary.ofSymbols("code-points", List.of(utf8("c"), utf8("b"), utf8("a")));
    try (Corpus corpus = CorpusEncoder.of("aabc").vocabulary(reversed).open()) {
      assertArrayEquals(new int[] {2, 2, 1, 0}, ArraySequence.all(corpus.tokens()));
      assertEquals(reversed, corpus.vocabulary());
    }
  }

  @Test
  void anEmptyTextIsAnErrorThatNamesTheFiles() throws IOException {
    Path empty = file("empty", new byte[0]);
    EmptyTextException exception =
        assertThrows(EmptyTextException.class, () -> Corpus.of(empty, empty));
    assertTrue(exception.getMessage().contains(empty.toString()), exception.getMessage());
    assertThrows(EmptyTextException.class, () -> Corpus.of(""));
    EmptyTextException givenVocabulary =
        assertThrows(
            EmptyTextException.class,
            () -> CorpusEncoder.of(empty).vocabulary(Vocabulary.bytes()).open());
    assertEquals(empty + ": the text is empty", givenVocabulary.getMessage());
    CorpusEncoder nothingKnown =
        CorpusEncoder.of("xyz")
            .vocabulary(Vocabulary.codePointsOf("a"))
            .unknownSymbols(UnknownSymbols.skip());
    assertThrows(EmptyTextException.class, nothingKnown::open);
    assertThrows(IllegalArgumentException.class, Corpus::of);
  }

  @Test
  void whatCannotBeReadIsNamedWithTheReason() throws IOException {
    Path text = file("text", utf8("a"));
    Path missing = folder.resolve("missing");
    NoSuchFileException noSuchFile =
        assertThrows(NoSuchFileException.class, () -> Corpus.of(text, missing));
    assertTrue(noSuchFile.getMessage().contains(missing.toString()), noSuchFile.getMessage());
    FileSystemException isFolder =
        assertThrows(FileSystemException.class, () -> Corpus.of(text, folder));
    assertTrue(isFolder.getMessage().contains("is a folder"), isFolder.getMessage());
  }

  /** Gives other bytes whenever it is opened. */
  private record Unsteady(boolean isRepeatable, Deque<byte[]> readings) implements TextSource {
    Unsteady(boolean repeatable, String... readings) {
      this(repeatable, new ArrayDeque<>(Stream.of(readings).map(CorpusEncoderTest::utf8).toList()));
    }

    @Override
    public Path path() {
      return Path.of("unsteady");
    }

    @Override
    public void check() {}

    @Override
    public ReadableByteChannel open() {
      return Channels.newChannel(new ByteArrayInputStream(readings.removeFirst()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abba", "abbab", "ab", "abc", "", "baba"})
  void aTextThatChangesBetweenThePassesIsNoticed(String second) {
    CorpusEncoder encoder = CorpusEncoder.of(List.of(new Unsteady(true, "aabb", second)));
    IOException changed = assertThrows(IOException.class, encoder::open);
    assertTrue(
        changed.getMessage().contains("unsteady: the file changed while it was being read"),
        changed.getMessage());
  }

  @Test
  void aPipeIsReadOnceSoItNeedsAVocabulary() throws IOException {
    IOException twice =
        assertThrows(
            IOException.class, () -> CorpusEncoder.of(List.of(new Unsteady(false, "ab"))).open());
    assertTrue(twice.getMessage().contains("give a vocabulary"), twice.getMessage());
    CorpusEncoder once =
        CorpusEncoder.of(List.of(new Unsteady(false, "ab"))).vocabulary(Vocabulary.bytes());
    try (Corpus corpus = once.open()) {
      assertEquals("ab", decoded(corpus));
    }
    CorpusEncoder unknown =
        CorpusEncoder.of(List.of(new Unsteady(false, "ab")))
            .vocabulary(Vocabulary.codePointsOf("a"));
    assertEquals(List.of("b"), assertThrows(UnknownSymbolException.class, unknown::open).symbols());
  }

  @Test
  void failureLeavesTheFolderAsItWas() throws IOException {
    Path old = file("corpus.arrow", utf8("old"));
    Path bad = file("bad", new byte[] {'a', (byte) 0xFF});
    assertThrows(MalformedTextException.class, () -> CorpusEncoder.of(bad).encodeTo(old));
    CorpusEncoder unknown = CorpusEncoder.of("ab").vocabulary(Vocabulary.codePointsOf("a"));
    assertThrows(UnknownSymbolException.class, () -> unknown.encodeTo(old));
    assertThrows(UnknownSymbolException.class, () -> unknown.encodeTo(folder.resolve("new.arrow")));
    assertEquals("old", Files.readString(old));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(bad, old), files.sorted().toList());
    }
  }

  @Test
  void theSameTextGivesTheSameFile() throws IOException {
    Path text = file("text", utf8("Happy families"));
    CorpusEncoder.of(text).encodeTo(folder.resolve("one"));
    CorpusEncoder.of(text).encodeTo(folder.resolve("two"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("one")), Files.readAllBytes(folder.resolve("two")));
  }
}
