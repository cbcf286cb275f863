package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * The quick ways from bytes to ids give the same files, to the bit, and the same errors as decoding
 * and asking the vocabulary.
 */
class DirectEncodingPropertyTest {

  /** A vocabulary of which nothing is known but what the interface says. */
  private record Stranger(Vocabulary vocabulary) implements Vocabulary {
    @Override
    public String type() {
      return vocabulary.type();
    }

    @Override
    public int size() {
      return vocabulary.size();
    }

    @Override
    public byte[] symbol(int id) {
      return vocabulary.symbol(id);
    }

    @Override
    public void encode(CharBuffer text, UnknownSymbols unknown, IntBuffer ids) {
      vocabulary.encode(text, unknown, ids);
    }
  }

  private static byte[] encoded(byte[] text, Vocabulary vocabulary, UnknownSymbols unknown)
      throws IOException {
    TextSource source = new TextSource.TextString(ByteBuffer.wrap(text));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new Encoding(
            List.of(source),
            TextSource::name,
            Optional.of(vocabulary),
            unknown,
            CodingErrorAction.REPORT)
        .writeTo(Channels.newChannel(file));
    return file.toByteArray();
  }

  private static void assertSameFile(String text, Vocabulary vocabulary, UnknownSymbols unknown)
      throws IOException {
    byte[] utf8 = utf8(text);
    assertArrayEquals(
        encoded(utf8, new Stranger(vocabulary), unknown), encoded(utf8, vocabulary, unknown));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Rows of characters of one kind, as texts have them. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> one =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7F),
            Arbitraries.integers().between(0x80, 0x7FF),
            Arbitraries.integers().between(0x800, 0xD7FF),
            Arbitraries.of(0xE000, 0xFEFF, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF));
    return Combinators.combine(one, Arbitraries.integers().between(1, 20))
        .as((codePoint, count) -> Character.toString(codePoint).repeat(count))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .map(rows -> String.join("", rows));
  }

  @Property(seed = "20260101", tries = 60)
  void anyTextGivesTheFileOfTheSlowWay(@ForAll("texts") String text) throws IOException {
    assertSameFile(text, Vocabulary.codePointsOf(text), UnknownSymbols.error());
    assertSameFile(text, Vocabulary.bytes(), UnknownSymbols.error());
    // Ids of two and of four bytes.
    for (int size : new int[] {300, 40_000}) {
      int[] many =
          IntStream.concat(text.codePoints(), IntStream.range(0x800, size + 0x800)).toArray();
      assertSameFile(text, Vocabulary.codePoints(many), UnknownSymbols.error());
    }
  }

  @Property(seed = "20260101", tries = 200)
  void unknownSymbolsAreTreatedAsTheSlowWayDoes(@ForAll("texts") String text) throws IOException {
    String known =
        text.codePoints().limit(10).mapToObj(Character::toString).collect(Collectors.joining());
    Vocabulary vocabulary = Vocabulary.codePointsOf(known);
    assertSameFile(text, vocabulary, UnknownSymbols.skip());
    assertSameFile(
        text, vocabulary, UnknownSymbols.replaceWith(Character.toString(known.codePointAt(0))));
    Optional<Integer> first =
        IntStream.range(0, text.codePointCount(0, text.length()))
            .filter(at -> known.indexOf(text.codePointAt(text.offsetByCodePoints(0, at))) < 0)
            .boxed()
            .findFirst();
    if (first.isPresent()) {
      for (Vocabulary either : List.of(vocabulary, new Stranger(vocabulary))) {
        UnknownSymbolException unknown =
            assertThrows(
                UnknownSymbolException.class,
                () -> encoded(utf8(text), either, UnknownSymbols.error()));
        assertEquals(first.get().longValue(), unknown.position());
      }
    }
  }

  @Example
  void asciiOfAnyLengthIsEncodedWhateverStandsAround() throws IOException {
    Vocabulary narrow =
        Vocabulary.codePointsOf("abcdefghijklmnopqrstuvwxyz\u00E9\u4E16\uD83D\uDE00");
    Vocabulary wide = Vocabulary.codePoints(IntStream.range(0x61, 0x5000).toArray());
    String letters = "abcdefghijklmnopqrstuvwxyz".repeat(2);
    for (String other : List.of("", "\u00E9", "\u4E16", "\u00E9\u00E9", "\u00E9z\u4E16")) {
      for (int before = 0; before < 9; before++) {
        for (int after = 0; after < 18; after++) {
          String text = letters.substring(0, before) + other + letters.substring(0, after) + "z";
          assertSameFile(text, narrow, UnknownSymbols.error());
          assertSameFile(text, wide, UnknownSymbols.error());
        }
      }
    }
  }

  /** Characters of every length on every border of the reader's pieces and of the batches. */
  @Example
  void bordersOfPiecesAndBatchesLeaveNoTrace() throws IOException {
    Vocabulary narrow = Vocabulary.codePointsOf("ab\u00E9\u4E16\uD83D\uDE00");
    for (String row :
        List.of("a", "\u00E9", "\u4E16", "\uD83D\uDE00", "ab\u00E9b\u4E16a\uD83D\uDE00")) {
      for (int shift = 0; shift < 5; shift++) {
        int count = CorpusLayout.BATCH_TOKENS / row.codePointCount(0, row.length());
        String text = "b".repeat(shift) + row.repeat(count) + "aaaaaaaaaa";
        assertSameFile(text, narrow, UnknownSymbols.error());
        if (shift == 1) {
          assertSameFile(text, Vocabulary.bytes(), UnknownSymbols.error());
          assertSameFile(
              text,
              Vocabulary.codePoints(
                  IntStream.concat(text.codePoints(), IntStream.range(0x800, 0xA000)).toArray()),
              UnknownSymbols.error());
        }
      }
    }
  }

  @Provide
  Arbitrary<byte[]> nearlyUtf8() {
    return Arbitraries.of(
            "41",
            "4142434445464748",
            "C3A9",
            "D0B6D0B6D0B6D0B6",
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
            "F0",
            "F09F",
            "F4",
            "90",
            "F5",
            "FF")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(all -> HexFormat.of().parseHex(String.join("", all)));
  }

  @Property(seed = "20260101", tries = 100)
  void malformedBytesNearTheBordersOfPiecesAreFoundAndReplacedAsTheJdkDoes(
      @ForAll("nearlyUtf8") byte[] bytes, @ForAll @IntRange(max = 30) int before)
      throws IOException {
    byte[] text = new byte[TextReader.PIECE - before + bytes.length + 20];
    Arrays.fill(text, (byte) 'x');
    System.arraycopy(bytes, 0, text, TextReader.PIECE - before, bytes.length);
    CorpusEncoder encoder =
        CorpusEncoder.of(List.of(new TextSource.TextString(ByteBuffer.wrap(text))));
    CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(text);
    var result = jdk.decode(in, CharBuffer.allocate(text.length), true);
    if (result.isError()) {
      byte[] malformed = Arrays.copyOfRange(text, in.position(), in.position() + result.length());
      MalformedTextException error = assertThrows(MalformedTextException.class, encoder::open);
      assertEquals(
          new MalformedTextException(error.file(), in.position(), malformed).getMessage(),
          error.getMessage());
    }
    String replaced = new String(text, StandardCharsets.UTF_8);
    try (Corpus corpus = encoder.replaceMalformed().open()) {
      assertEquals(Vocabulary.codePointsOf(replaced), corpus.vocabulary());
      assertArrayEquals(corpus.vocabulary().encode(replaced), ArraySequence.all(corpus.tokens()));
    }
  }
}
