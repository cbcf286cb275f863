package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.levin.text.Source;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** What holds for every text, however it is cut into files and however its bytes arrive. */
class CorpusPropertyTest {
  private Path file;

  @BeforeProperty
  void makeAFile() throws IOException {
    file = Files.createTempFile("corpus-property-", ".arrow");
  }

  @AfterProperty
  void deleteTheFile() throws IOException {
    Files.delete(file);
  }

  /** Gives its bytes a few at a time, as a network drive may. */
  private record Trickle(byte[] bytes, int most) implements TextSource {
    @Override
    public Path path() {
      return Path.of("trickle");
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public void check() {}

    @Override
    public ReadableByteChannel open() {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      return new ReadableByteChannel() {
        @Override
        public int read(ByteBuffer target) {
          if (!left.hasRemaining()) {
            return -1;
          }
          int count = Math.min(most, Math.min(left.remaining(), target.remaining()));
          target.put(left.slice(left.position(), count));
          left.position(left.position() + count);
          return count;
        }

        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static CorpusEncoder encoder(List<byte[]> texts, int most) {
    return CorpusEncoder.of(
        texts.stream().<TextSource>map(bytes -> new Trickle(bytes, most)).toList());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int[] ids(Corpus corpus) {
    return ArraySequence.all(corpus.tokens());
  }

  /** Some symbols again and again, and now and then any other. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of(0x61, 0x62, 0xA, 0, 0xE9, 0x4E16, 0xFEFF, 0x1F600, 0x10FFFF),
            Arbitraries.integers().between(0, 0xD7FF),
            Arbitraries.integers().between(0xE000, 0x10FFFF))
        .list()
        .ofMaxSize(40)
        .map(all -> all.stream().map(Character::toString).collect(Collectors.joining()));
  }

  @Provide
  Arbitrary<List<String>> severalTexts() {
    return texts().list().ofMinSize(1).ofMaxSize(4).filter(all -> !String.join("", all).isEmpty());
  }

  /** Lead bytes, continuation bytes and borders of the ranges, in any order. */
  @Provide
  Arbitrary<byte[]> nearlyUtf8() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "41",
            "C3A9",
            "E4B896",
            "F09F9880",
            "80",
            "BF",
            "C0",
            "C3",
            "E0",
            "E4B8",
            "ED",
            "A0",
            "EF",
            "F0",
            "F09F",
            "F4",
            "90",
            "F5",
            "FF");
    return pieces
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(all -> HexFormat.of().parseHex(String.join("", all)));
  }

  @Property(seed = "20260101", tries = 300)
  void howTheTextIsCutAndArrivesDoesNotMatter(
      @ForAll("severalTexts") List<String> texts, @ForAll @IntRange(min = 1, max = 5) int most)
      throws IOException {
    String whole = String.join("", texts);
    CorpusEncoder encoder = encoder(texts.stream().map(CorpusPropertyTest::utf8).toList(), most);
    try (Corpus corpus = encoder.open()) {
      assertEquals(Vocabulary.codePointsOf(whole), corpus.vocabulary());
      assertArrayEquals(corpus.vocabulary().encode(whole), ids(corpus));
      assertEquals(
          texts.stream().map(text -> (long) utf8(text).length).toList(),
          corpus.sources().stream().map(Source::size).toList());
    }
    try (Corpus corpus = encoder.vocabulary(Vocabulary.bytes()).open()) {
      assertArrayEquals(Vocabulary.bytes().encode(whole), ids(corpus));
    }
  }

  @Property(seed = "20260101", tries = 200)
  void aFileGivesBackVocabularyTokensAndSources(@ForAll("severalTexts") List<String> texts)
      throws IOException {
    CorpusEncoder encoder = encoder(texts.stream().map(CorpusPropertyTest::utf8).toList(), 9);
    encoder.encodeTo(file);
    try (Corpus written = Corpus.open(file);
        Corpus kept = encoder.open();
        Corpus spilled = encoder.open(1)) {
      written.verify();
      for (Corpus corpus : List.of(kept, spilled)) {
        assertEquals(corpus.vocabulary(), written.vocabulary());
        assertEquals(corpus.sources(), written.sources());
        assertArrayEquals(ids(corpus), ids(written));
      }
    }
  }

  @Property(seed = "20260101", tries = 300)
  void aGivenVocabularyTakesWhatItKnowsAndTheRestAsIsAsked(
      @ForAll("severalTexts") List<String> texts) throws IOException {
    Vocabulary vocabulary = Vocabulary.codePointsOf("ab\n?\uD83D\uDE00");
    CorpusEncoder encoder =
        encoder(texts.stream().map(CorpusPropertyTest::utf8).toList(), 3).vocabulary(vocabulary);
    for (UnknownSymbols unknown : List.of(UnknownSymbols.skip(), UnknownSymbols.replaceWith("?"))) {
      int[] expected = vocabulary.encode(String.join("", texts), unknown);
      if (expected.length == 0) {
        assertThrows(EmptyTextException.class, encoder.unknownSymbols(unknown)::open);
      } else {
        try (Corpus corpus = encoder.unknownSymbols(unknown).open()) {
          assertArrayEquals(expected, ids(corpus));
        }
      }
    }
  }

  @Property(seed = "20260101", tries = 500)
  void bytesThatAreNoUtf8AreFoundWhereTheJdkFindsThem(
      @ForAll("nearlyUtf8") byte[] bytes, @ForAll @IntRange(min = 1, max = 5) int most)
      throws IOException {
    CorpusEncoder encoder = encoder(List.of(utf8("a"), bytes), most);
    Optional<Integer> wrong = malformedOffset(bytes);
    if (wrong.isPresent()) {
      MalformedTextException error = assertThrows(MalformedTextException.class, encoder::open);
      assertEquals(wrong.get().longValue(), error.offset());
    } else {
      try (Corpus corpus = encoder.open()) {
        assertEquals("a" + text(bytes), corpus.vocabulary().decode(ids(corpus)));
      }
    }
    try (Corpus corpus = encoder.replaceMalformed().open()) {
      assertEquals("a" + text(bytes), corpus.vocabulary().decode(ids(corpus)));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Decodes all at once. */
  private static Optional<Integer> malformedOffset(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length), true);
    return result.isError() ? Optional.of(in.position()) : Optional.empty();
  }

  @Property(seed = "20260101")
  void anyRangeOfTokensIsTheRangeOfTheText(
      @ForAll("texts") String text,
      @ForAll @IntRange(max = 45) int position,
      @ForAll @IntRange(max = 45) int count) {
    try (Corpus corpus = Corpus.of(text + "a")) {
      int[] all = corpus.vocabulary().encode(text + "a");
      int[] range = new int[count];
      if (position + count <= all.length) {
        corpus.tokens().copyTo(position, range, 0, count);
        assertArrayEquals(Arrays.copyOfRange(all, position, position + count), range);
      } else {
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> corpus.tokens().copyTo(position, range, 0, count));
      }
    }
  }
}
