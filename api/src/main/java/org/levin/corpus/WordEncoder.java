package org.levin.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Encodes words of short characters by a table of pairs of bytes: of ASCII two characters at once,
 * otherwise one for every byte, which counts if a character starts there. No jump depends on where
 * that is; the processor would guess it wrong at every space of a Cyrillic text.
 *
 * <p>Of the table's 256 KB a text of a language uses little, so what it uses stays in a core's
 * caches.
 */
final class WordEncoder {
  private static final int LEFT_TO_OTHERS = -1;
  private static final int PAIRS = 1 << Short.SIZE;
  private static final int PAIR = PAIRS - 1;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * By two bytes, the second in the high bits: the id of the character that starts at the first
   * byte, in the width of the file, and above it that of the second if both are ASCII. Anything but
   * negative if none starts there.
   */
  private final int[] ids = new int[PAIRS];

  private final int width;

  /**
   * Makes the table.
   *
   * @param id of a character of one or two bytes; negative leaves the character to others
   * @param width bytes of an id in the file; if it is 4, every word is left to others
   */
  WordEncoder(IntUnaryOperator id, int width) {
    this.width = width;
    int[] known = new int[0x800];
    Arrays.setAll(known, id);
    Arrays.setAll(ids, pair -> entry((byte) pair, (byte) (pair >>> Byte.SIZE), known));
  }

  private int entry(byte first, byte second, int[] known) {
    if (first >= 0 && second >= 0) {
      boolean both = known[first] >= 0 && known[second] >= 0;
      return both ? known[first] | known[second] << width * Byte.SIZE : LEFT_TO_OTHERS;
    }
    if (first >= 0) {
      return known[first];
    }
    if (Utf8.continues(first)) {
      return 0;
    }
    return Utf8.leadsTwo(first) && Utf8.continues(second)
        ? known[Utf8.codePoint(first, second)]
        : LEFT_TO_OTHERS;
  }

  /**
   * Encodes words until another one comes or {@code batch} is full.
   *
   * @return where it stopped, always between two characters
   */
  int encode(byte[] text, int start, int end, TokenBatch batch) {
    return switch (width) {
      case 1 -> encodeToBytes(text, start, end, batch);
      case 2 -> encodeToShorts(text, start, end, batch);
      default -> start;
    };
  }

  private int encodeToBytes(byte[] text, int start, int end, TokenBatch batch) {
    byte[] target = batch.bytes();
    int size = batch.size();
    int at = start;
    while (at <= end - Long.BYTES && size < CorpusLayout.BATCH_TOKENS) {
      long word = (long) Utf8.WORD.get(text, at);
      if (Utf8.isAscii(word)) {
        int a = ids[(int) word & PAIR];
        int b = ids[(int) (word >>> 16) & PAIR];
        int c = ids[(int) (word >>> 32) & PAIR];
        int d = ids[(int) (word >>> 48)];
        if ((a | b | c | d) < 0) {
          break;
        }
        LONG.set(target, size, joined(a | b << 16, c | d << 16));
        size += Long.BYTES;
        at += Long.BYTES;
      } else {
        if (!Utf8.startsShort(word)) {
          break;
        }
        long starts = Utf8.starts(word);
        int next = size;
        int negative = 0;
        for (int i = 0; i < 7; i++) {
          int id = ids[(int) (word >>> i * Byte.SIZE) & PAIR];
          negative |= id;
          target[next] = (byte) id;
          next += (int) (starts >>> i * Byte.SIZE) & 1;
        }
        if (negative < 0) {
          break;
        }
        size = next;
        at += Utf8.shortLength(word);
      }
    }
    batch.grow(size);
    return at;
  }

  /** Does the same in ids of two bytes. */
  private int encodeToShorts(byte[] text, int start, int end, TokenBatch batch) {
    byte[] target = batch.bytes();
    int size = batch.size();
    int at = start;
    while (at <= end - Long.BYTES && size < CorpusLayout.BATCH_TOKENS) {
      long word = (long) Utf8.WORD.get(text, at);
      if (Utf8.isAscii(word)) {
        int a = ids[(int) word & PAIR];
        int b = ids[(int) (word >>> 16) & PAIR];
        int c = ids[(int) (word >>> 32) & PAIR];
        int d = ids[(int) (word >>> 48)];
        if ((a | b | c | d) < 0) {
          break;
        }
        LONG.set(target, size * Short.BYTES, joined(a, b));
        LONG.set(target, size * Short.BYTES + Long.BYTES, joined(c, d));
        size += Long.BYTES;
        at += Long.BYTES;
      } else {
        if (!Utf8.startsShort(word)) {
          break;
        }
        long starts = Utf8.starts(word);
        int next = size;
        int negative = 0;
        for (int i = 0; i < 7; i++) {
          int id = ids[(int) (word >>> i * Byte.SIZE) & PAIR];
          negative |= id;
          SHORT.set(target, next * Short.BYTES, (short) id);
          next += (int) (starts >>> i * Byte.SIZE) & 1;
        }
        if (negative < 0) {
          break;
        }
        size = next;
        at += Utf8.shortLength(word);
      }
    }
    batch.grow(size);
    return at;
  }

  private static long joined(int low, int high) {
    return Integer.toUnsignedLong(low) | (long) high << Integer.SIZE;
  }
}
