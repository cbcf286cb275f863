package org.levin.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  private static final String MIXED = "Ana\n\u00E9\u4E16\uFFFD\uD83D\uDE00!\uD801\uDC00";

  @Test
  void codePointsAreSortedAndCountOnce() {
    Vocabulary vocabulary = Vocabulary.codePoints('z', 0x1F600, 'a', 'z', 0xE9);
    assertEquals(4, vocabulary.size());
    assertEquals("az\u00E9\uD83D\uDE00", vocabulary.decode(0, 1, 2, 3));
    assertEquals(vocabulary, Vocabulary.codePointsOf("z\uD83D\uDE00\u00E9aazz"));
    assertEquals("code-points", vocabulary.type());
  }

  @Test
  void everyCodePointIsOneIdAlsoBeyondTheBasicPlane() {
    Vocabulary vocabulary = Vocabulary.codePointsOf(MIXED);
    int[] ids = vocabulary.encode(MIXED);
    assertEquals(MIXED.codePointCount(0, MIXED.length()), ids.length);
    assertEquals(MIXED, vocabulary.decode(ids));
    int[] sorted = MIXED.codePoints().sorted().distinct().toArray();
    assertArrayEquals(MIXED.codePoints().map(c -> Arrays.binarySearch(sorted, c)).toArray(), ids);
  }

  @Test
  void bytesAreTheUtf8OfTheText() {
    Vocabulary bytes = Vocabulary.bytes();
    byte[] utf8 = MIXED.getBytes(StandardCharsets.UTF_8);
    assertEquals(256, bytes.size());
    assertArrayEquals(
        IntStream.range(0, utf8.length).map(i -> utf8[i] & 0xFF).toArray(), bytes.encode(MIXED));
    assertEquals(MIXED, bytes.decode(bytes.encode(MIXED)));
  }

  @Test
  void everyCodePointOfUnicodeSurvivesBothVocabularies() {
    int[] all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> !Symbols.isSurrogate(c))
            .toArray();
    String text = new String(all, 0, all.length);
    Vocabulary codePoints = Vocabulary.codePoints(all);
    assertArrayEquals(IntStream.range(0, all.length).toArray(), codePoints.encode(text));
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int[] bytes = Vocabulary.bytes().encode(text);
    assertEquals(utf8.length, bytes.length);
    for (int i = 0; i < utf8.length; i++) {
      assertEquals(utf8[i], (byte) bytes[i]);
    }
    assertArrayEquals(
        "\uFFFE".getBytes(StandardCharsets.UTF_8),
        codePoints.symbol(codePoints.encode("\uFFFE")[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"code-points", "bytes"})
  void encodingGoesOnWhereThereWasNoMoreRoom(String type) {
    Vocabulary vocabulary =
        type.equals("bytes") ? Vocabulary.bytes() : Vocabulary.codePointsOf(MIXED);
    for (int room = 4; room < 40; room++) {
      CharBuffer text = CharBuffer.wrap("xx" + MIXED).position(2);
      IntBuffer ids = IntBuffer.allocate(room);
      IntBuffer all = IntBuffer.allocate(100);
      while (text.hasRemaining()) {
        vocabulary.encode(text, UnknownSymbols.error(), ids);
        all.put(ids.flip());
        ids.clear();
      }
      assertEquals(
          MIXED, vocabulary.decode(Arrays.copyOf(all.array(), all.position())), "room " + room);
    }
  }

  @Test
  void anUnknownSymbolIsNamedWithItsPositionInCodePoints() {
    Vocabulary vocabulary = Vocabulary.codePointsOf("ab\uD83D\uDE00");
    UnknownSymbolException unknown =
        assertThrows(
            UnknownSymbolException.class, () -> vocabulary.encode("ab\uD83D\uDE00\u00E9a"));
    assertEquals("\u00E9", unknown.symbol());
    assertEquals(3, unknown.position());
    assertTrue(unknown.getMessage().contains("\"\u00E9\" (U+00E9)"), unknown.getMessage());
    assertTrue(unknown.getMessage().contains("position 3"), unknown.getMessage());
    assertTrue(unknown.getMessage().contains("skip"), unknown.getMessage());
  }

  @Test
  void unknownSymbolsAreSkippedOrReplacedOnRequest() {
    Vocabulary vocabulary = Vocabulary.codePointsOf("ab?");
    String text = "\u00E9a\uD83D\uDE00b\uD83D";
    assertEquals("ab", vocabulary.decode(vocabulary.encode(text, UnknownSymbols.skip())));
    assertEquals(
        "?a?b?", vocabulary.decode(vocabulary.encode(text, UnknownSymbols.replaceWith("?"))));
    assertEquals(0, vocabulary.encode("\u00E9", UnknownSymbols.skip()).length);
  }

  @Test
  void aReplacementMustBeOneCharacterOfTheVocabulary() {
    Vocabulary vocabulary = Vocabulary.codePointsOf("ab");
    UnknownSymbols missing = UnknownSymbols.replaceWith("?");
    assertThrows(IllegalArgumentException.class, () -> vocabulary.encode("a", missing));
    for (String wrong : List.of("", "ab", "\uD83D", "\uD83D\uDE00a")) {
      assertThrows(IllegalArgumentException.class, () -> UnknownSymbols.replaceWith(wrong));
    }
  }

  @Test
  void halfASurrogatePairIsUnknownToEveryVocabulary() {
    for (Vocabulary vocabulary : List.of(Vocabulary.bytes(), Vocabulary.codePointsOf("a!\uFFFD"))) {
      for (String half : List.of("\uD83D", "\uDE00", "\uDE00\uD83D")) {
        UnknownSymbolException unknown =
            assertThrows(UnknownSymbolException.class, () -> vocabulary.encode("a" + half));
        assertEquals(1, unknown.position());
        assertEquals(half.substring(0, 1), unknown.symbol());
        int[] skipped = vocabulary.encode("a" + half + "!", UnknownSymbols.skip());
        assertEquals("a!", vocabulary.decode(skipped));
        int[] replaced = vocabulary.encode(half + "a", UnknownSymbols.replaceWith("\uFFFD"));
        assertEquals("\uFFFD".repeat(half.length()) + "a", vocabulary.decode(replaced));
      }
    }
  }

  @Test
  void surrogatesAndNothingAreNoVocabulary() {
    assertThrows(IllegalArgumentException.class, Vocabulary::codePoints);
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.codePointsOf(""));
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.codePointsOf("a\uD83D"));
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.codePoints('a', 0xDFFF));
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.codePoints(-1));
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.codePoints(0x110000));
  }

  @Test
  void symbolsOfAFileKeepTheirOrder() {
    Vocabulary vocabulary = Vocabulary.ofSymbols("code-points", utf8("z", "\uD83D\uDE00", "a"));
    assertArrayEquals(new int[] {2, 0, 1}, vocabulary.encode("az\uD83D\uDE00"));
    assertNotEquals(vocabulary, Vocabulary.codePointsOf("az\uD83D\uDE00"));
    assertNotEquals(
        vocabulary.fingerprint(), Vocabulary.codePointsOf("az\uD83D\uDE00").fingerprint());
    assertEquals(
        Vocabulary.codePointsOf("az"), Vocabulary.ofSymbols("code-points", utf8("a", "z")));
  }

  @Test
  void symbolsOfAFileMustBeWellFormedAndDistinct() {
    assertRefused("code-points", utf8("a", "b", "a"), "0 and 2");
    assertRefused("code-points", utf8("a", "bc"), "symbol 1");
    assertRefused("code-points", utf8("a", ""), "symbol 1");
    assertRefused("code-points", List.of(new byte[] {(byte) 0xC3}), "symbol 0");
    assertRefused(
        "code-points", List.of(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}), "symbol 0");
    assertRefused("code-points", List.of(), "at least one");
    assertRefused("bytes", utf8("a"), "256");
    assertRefused("words", utf8("a"), "words");
    List<byte[]> bytes = IntStream.range(0, 256).mapToObj(i -> new byte[] {(byte) i}).toList();
    assertSame(Vocabulary.bytes(), Vocabulary.ofSymbols("bytes", bytes));
    List<byte[]> swapped =
        IntStream.range(0, 256).mapToObj(i -> new byte[] {(byte) (i ^ 1)}).toList();
    assertRefused("bytes", swapped, "symbol 0");
  }

  private static void assertRefused(String type, List<byte[]> symbols, String named) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.ofSymbols(type, symbols));
    assertTrue(refused.getMessage().contains(named), refused.getMessage());
  }

  private static List<byte[]> utf8(String... symbols) {
    return Arrays.stream(symbols).map(symbol -> symbol.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Test
  void anIdOutsideIsAnIndexOutOfBounds() {
    for (Vocabulary vocabulary : List.of(Vocabulary.bytes(), Vocabulary.codePointsOf("ab"))) {
      for (int id : new int[] {-1, vocabulary.size()}) {
        assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.symbol(id));
        assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.decode(id));
      }
    }
  }

  /** Computed with Python's hashlib over the bytes that {@link Vocabulary#fingerprint()} states. */
  @Test
  void theFingerprintIsTheOneThatItsDocumentationDefines() {
    assertEquals(
        "cdc6db0f9fa08f2f81990bcc6d42a280036f86de646ea72ecc84552093dff1e8",
        Vocabulary.codePointsOf("a\u00E9\uD83D\uDE00").fingerprint());
    assertEquals(
        "57c0fbd10723ccdadc8271614967f81e704e909fd2f1c3c4d747509011611d10",
        Vocabulary.bytes().fingerprint());
  }

  @Test
  void aSymbolIsDisplayedForReaders() {
    Vocabulary vocabulary = Vocabulary.codePointsOf("\n a\u00A0\u00E9\u200B");
    List<String> shown =
        IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::display).toList();
    assertEquals(List.of("U+000A", "' '", "'a'", "U+00A0", "'\u00E9'", "U+200B"), shown);
    assertEquals("'a'", Vocabulary.bytes().display('a'));
    assertEquals("0xE9", Vocabulary.bytes().display(0xE9));
  }

  @Test
  void decodingEqualsWhatTheJdkMakesOfTheBytes() {
    long seed = 20_260_101;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = nearlyUtf8(random);
      int[] ids = IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
      String context = "seed %d, round %d: %s".formatted(seed, round, Arrays.toString(bytes));
      assertEquals(
          new String(bytes, StandardCharsets.UTF_8), Vocabulary.bytes().decode(ids), context);
    }
  }

  /** Lead bytes, continuation bytes and borders of the ranges, in any order. */
  private static byte[] nearlyUtf8(SplittableRandom random) {
    int[] likely = {
      0x41, 0x7F, 0x80, 0xA0, 0x9F, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF4,
      0xF5, 0xFF
    };
    byte[] bytes = new byte[random.nextInt(1, 9)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) likely[random.nextInt(likely.length)];
    }
    return bytes;
  }
}
