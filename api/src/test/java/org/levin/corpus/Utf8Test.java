package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against the decoder of the JDK. */
class Utf8Test {
  private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();

  /** The borders of all ranges in the table of well-formed UTF-8, and what lies around them. */
  private static final int[] BORDERS = {
    0, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF
  };

  @Test
  void findsTheFirstCharacterOfAnyBytes() {
    CodePointRun run = new CodePointRun();
    for (int first = 0; first < 256; first++) {
      for (int second : BORDERS) {
        for (int third : BORDERS) {
          for (int fourth : new int[] {0x41, 0x80, 0xBF, 0xC2}) {
            byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
            for (int end = 1; end <= bytes.length; end++) {
              String expected = wellFormedStart(bytes, end);
              int stop = run.decode(bytes, 0, end);
              assertEquals(expected, text(run));
              assertEquals(expected.getBytes(StandardCharsets.UTF_8).length, stop);
              assertEquals(stop, run.bytes(run.size()));
            }
          }
        }
      }
    }
  }

  /** Decodes up to what is malformed or cut. */
  private String wellFormedStart(byte[] bytes, int end) {
    CharBuffer text = CharBuffer.allocate(end);
    jdk.reset().decode(ByteBuffer.wrap(bytes, 0, end), text, true);
    return text.flip().toString();
  }

  private static String text(CodePointRun run) {
    return new String(run.codePoints(), 0, run.size());
  }

  @Test
  void knowsWordsOfShortCharacters() {
    Random random = new Random(20260101);
    int[] likely = {0, 'a', 0x7F, 0xC2, 0xD0, 0xDF, 0x80, 0xBF};
    int found = 0;
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = new byte[Long.BYTES];
      int[] choice = random.nextInt(4) == 0 ? BORDERS : likely;
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) choice[random.nextInt(choice.length)];
      }
      long word = (long) Utf8.WORD.get(bytes, 0);
      boolean expected = isShort(Arrays.copyOf(bytes, Utf8.shortLength(word)));
      assertEquals(expected, Utf8.startsShort(word), () -> Arrays.toString(bytes));
      found += expected ? 1 : 0;
    }
    assertTrue(found > 300, "found " + found);
  }

  private boolean isShort(byte[] bytes) {
    try {
      return jdk.decode(ByteBuffer.wrap(bytes)).chars().allMatch(unit -> unit < 0x800);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void knowsWhereCharactersStart() {
    byte[] bytes = "\u00E9a\u044Fb\u00DF".getBytes(StandardCharsets.UTF_8);
    long starts = Utf8.starts((long) Utf8.WORD.get(bytes, 0));
    assertEquals(0x0001010001010001L, starts);
  }

  @Test
  void aRunEndsWhereItIsFullOrWordsOfShortCharactersCome() {
    CodePointRun run = new CodePointRun();
    byte[] han = "\u4E16".repeat(2000).getBytes(StandardCharsets.UTF_8);
    assertEquals(CodePointRun.CAPACITY * 3, run.decode(han, 0, han.length));
    assertEquals(CodePointRun.CAPACITY, run.size());
    byte[] mixed = ("\u4E16".repeat(16) + "a".repeat(40)).getBytes(StandardCharsets.UTF_8);
    assertEquals(16 * 3, run.decode(mixed, 0, mixed.length));
    assertTrue(IntStream.of(run.codePoints()).limit(16).allMatch(point -> point == 0x4E16));
  }
}
