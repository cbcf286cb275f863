package org.levin.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for every text and every vocabulary. */
class VocabularyPropertyTest {

  /** Few enough code points that texts share some and lack others. */
  private static final String ALPHABET = "ab\n\u00E9\u4E16\uFFFD\uD83D\uDE00\uDBFF\uDFFF";

  /** Text from all of Unicode, every length of UTF-8 alike, and often from the alphabet. */
  @Provide
  Arbitrary<String> texts() {
    return codePoints().list().ofMaxSize(60).map(VocabularyPropertyTest::text);
  }

  /** Like {@link #texts}, with halves of surrogate pairs, which two by two may make a pair. */
  @Provide
  Arbitrary<String> brokenTexts() {
    Arbitrary<Integer> halves = Arbitraries.integers().between(0xD800, 0xDFFF);
    return Arbitraries.frequencyOf(Tuple.of(3, codePoints()), Tuple.of(1, halves))
        .list()
        .ofMaxSize(60)
        .map(VocabularyPropertyTest::text);
  }

  private static Arbitrary<Integer> codePoints() {
    return Arbitraries.oneOf(
        Arbitraries.of(ALPHABET.codePoints().boxed().toList()),
        Arbitraries.integers().between(0, 0x7F),
        Arbitraries.integers().between(0x80, 0x7FF),
        Arbitraries.integers().between(0x800, 0xD7FF),
        Arbitraries.integers().between(0xE000, 0xFFFF),
        Arbitraries.integers().between(0x10000, 0x10FFFF));
  }

  private static String text(List<Integer> codePoints) {
    return codePoints.stream().map(Character::toString).collect(Collectors.joining());
  }

  @Property(seed = "20260101")
  void aTextComesBackFromTheIdsOfItsOwnSymbols(@ForAll("texts") String text) {
    Vocabulary bytes = Vocabulary.bytes();
    assertEquals(text, bytes.decode(bytes.encode(text)));
    Vocabulary codePoints = Vocabulary.codePointsOf(text + "a");
    assertEquals(text, codePoints.decode(codePoints.encode(text)));
    assertEquals(text.codePoints().count(), codePoints.encode(text).length);
  }

  @Property(seed = "20260101")
  void idsAreThePlacesOfTheSortedSymbols(@ForAll("texts") String text) {
    Set<Integer> sorted = new TreeSet<>((text + "a").codePoints().boxed().toList());
    Vocabulary vocabulary = Vocabulary.codePointsOf(text + "a");
    assertEquals(sorted.size(), vocabulary.size());
    int id = 0;
    for (int codePoint : sorted) {
      String symbol = Character.toString(codePoint);
      assertArrayEquals(symbol.getBytes(StandardCharsets.UTF_8), vocabulary.symbol(id));
      assertArrayEquals(new int[] {id}, vocabulary.encode(symbol));
      id++;
    }
  }

  @Property(seed = "20260101")
  void anyOrderOfTheSymbolsIsKeptAndComesBackFromAFile(
      @ForAll("texts") String text, @ForAll Random random) {
    List<Integer> order = new ArrayList<>((text + "a").codePoints().distinct().boxed().toList());
    Collections.shuffle(order, random);
    List<byte[]> symbols =
        order.stream()
            .map(codePoint -> Character.toString(codePoint).getBytes(StandardCharsets.UTF_8))
            .toList();
    Vocabulary vocabulary = Vocabulary.ofSymbols(Vocabulary.CODE_POINTS, symbols);
    int[] ids = text.codePoints().map(order::indexOf).toArray();
    assertArrayEquals(ids, vocabulary.encode(text));
    List<byte[]> written =
        IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::symbol).toList();
    Vocabulary read = Vocabulary.ofSymbols(vocabulary.type(), written);
    assertEquals(vocabulary, read);
    assertEquals(vocabulary.hashCode(), read.hashCode());
    assertEquals(vocabulary.fingerprint(), read.fingerprint());
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("abc").ofMinLength(1).ofMaxLength(4);
  }

  @Property(seed = "20260101")
  void vocabulariesAreEqualExactlyIfTheirFingerprintsAre(
      @ForAll("words") String one, @ForAll("words") String other) {
    Vocabulary first = Vocabulary.codePointsOf(one);
    Vocabulary second = Vocabulary.codePointsOf(other);
    boolean same =
        one.chars()
            .boxed()
            .collect(Collectors.toSet())
            .equals(other.chars().boxed().collect(Collectors.toSet()));
    assertEquals(same, first.equals(second));
    assertEquals(same, first.fingerprint().equals(second.fingerprint()));
  }

  @Property(seed = "20260101")
  void aTextCutAnywhereAndGivenLittleRoomHasTheIdsOfTheWhole(
      @ForAll("brokenTexts") String text, @ForAll @IntRange(min = 4, max = 9) int room) {
    for (Vocabulary vocabulary : vocabularies()) {
      int[] whole = vocabulary.encode(text, UnknownSymbols.replaceWith("\uFFFD"));
      assertArrayEquals(whole, encodeInPieces(vocabulary, text, room), vocabulary.toString());
    }
  }

  private static List<Vocabulary> vocabularies() {
    return List.of(Vocabulary.bytes(), Vocabulary.codePointsOf(ALPHABET));
  }

  /** Cuts the text into pieces of 1 to 13 code points, and encodes {@code room} ids a time. */
  private static int[] encodeInPieces(Vocabulary vocabulary, String text, int room) {
    IntStream.Builder all = IntStream.builder();
    for (int from = 0; from < text.length(); ) {
      int codePoints = Math.min(1 + from % 13, text.codePointCount(from, text.length()));
      int to = text.offsetByCodePoints(from, codePoints);
      CharBuffer piece = CharBuffer.wrap(text).position(from).limit(to);
      while (piece.hasRemaining()) {
        IntBuffer ids = IntBuffer.allocate(room);
        vocabulary.encode(piece, UnknownSymbols.replaceWith("\uFFFD"), ids);
        Arrays.stream(ids.array(), 0, ids.position()).forEach(all);
      }
      from = to;
    }
    return all.build().toArray();
  }

  @Property(seed = "20260101")
  void whatIsUnknownIsNamedSkippedOrReplacedSymbolBySymbol(@ForAll("brokenTexts") String text) {
    for (Vocabulary vocabulary : vocabularies()) {
      int[] unknown = text.codePoints().filter(c -> !isKnown(vocabulary, c)).toArray();
      String known = text(text.codePoints().filter(c -> isKnown(vocabulary, c)).boxed().toList());
      int[] skipped = vocabulary.encode(text, UnknownSymbols.skip());
      assertArrayEquals(vocabulary.encode(known), skipped);
      String replaced =
          text(text.codePoints().map(c -> isKnown(vocabulary, c) ? c : 'b').boxed().toList());
      assertArrayEquals(
          vocabulary.encode(replaced), vocabulary.encode(text, UnknownSymbols.replaceWith("b")));
      if (unknown.length == 0) {
        assertArrayEquals(skipped, vocabulary.encode(text));
      } else {
        var error = assertThrows(UnknownSymbolException.class, () -> vocabulary.encode(text));
        assertEquals(Character.toString(unknown[0]), error.symbol());
        int[] all = text.codePoints().toArray();
        assertEquals(
            IntStream.range(0, all.length).filter(i -> all[i] == unknown[0]).findFirst().orElse(-1),
            error.position());
      }
    }
  }

  private static boolean isKnown(Vocabulary vocabulary, int codePoint) {
    return vocabulary.type().equals(Vocabulary.BYTES)
        ? !Symbols.isSurrogate(codePoint)
        : ALPHABET.codePoints().anyMatch(known -> known == codePoint);
  }

  @Property(seed = "20260101")
  void textDecodedIdByIdIsTheTextDecodedAtOnce(@ForAll byte[] bytes, @ForAll("texts") String text) {
    int[] ids =
        IntStream.concat(
                IntStream.of(Vocabulary.bytes().encode(text)),
                IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF))
            .toArray();
    TextDecoder decoder = Vocabulary.bytes().decoder();
    StringBuilder pieces = new StringBuilder();
    for (int id : ids) {
      String piece = decoder.append(id);
      assertEquals(
          piece, text(piece.codePoints().filter(c -> !Symbols.isSurrogate(c)).boxed().toList()));
      pieces.append(piece);
    }
    pieces.append(decoder.finish());
    assertEquals(Vocabulary.bytes().decode(ids), pieces.toString());
    assertEquals(text, pieces.substring(0, text.length()));
  }
}
