package org.levin.corpus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Collects the code points of a text. */
final class CodePointSet implements TextSink {
  private static final int PAIR = (1 << Short.SIZE) - 1;

  /** A flag for every char is quicker to set than a bit, and text is mostly of such. */
  private final boolean[] basic = new boolean[1 << Character.SIZE];

  /**
   * Flags for two neighboring bytes of short characters, the second in the high bits: half the
   * flags to set for ASCII, and nothing to decode. Real text has few of them, so they stay in a
   * core's cache.
   */
  private final boolean[] pairs = new boolean[1 << Short.SIZE];

  private final BitSet astral = new BitSet();
  private final CodePointRun run = new CodePointRun();

  @Override
  public void acceptUtf8(ByteBuffer utf8) {
    byte[] bytes = utf8.array();
    int at = utf8.position();
    int end = utf8.limit();
    while (at < end) {
      int start = addWords(bytes, at, end);
      at = run.decode(bytes, start, end);
      if (at == start) {
        break;
      }
      add(run.codePoints(), run.size());
    }
    utf8.position(at);
  }

  /** Adds words of short characters and returns where the first other one starts. */
  private int addWords(byte[] bytes, int start, int end) {
    int at = start;
    while (at <= end - Long.BYTES) {
      long word = (long) Utf8.WORD.get(bytes, at);
      if (Utf8.isAscii(word)) {
        for (int i = 0; i < 8; i += 2) {
          pairs[(int) (word >>> i * Byte.SIZE) & PAIR] = true;
        }
        at += Long.BYTES;
      } else if (Utf8.startsShort(word)) {
        for (int i = 0; i < 7; i++) {
          pairs[(int) (word >>> i * Byte.SIZE) & PAIR] = true;
        }
        at += Utf8.shortLength(word);
      } else {
        break;
      }
    }
    return at;
  }

  private void add(int[] codePoints, int count) {
    for (int i = 0; i < count; i++) {
      add(codePoints[i]);
    }
  }

  private void add(int codePoint) {
    if (codePoint < basic.length) {
      basic[codePoint] = true;
    } else {
      astral.set(codePoint);
    }
  }

  @Override
  public void accept(CharBuffer characters) {
    char[] chars = characters.array();
    int at = characters.position();
    while (at < characters.limit()) {
      int codePoint = Character.codePointAt(chars, at, characters.limit());
      add(codePoint);
      at += Character.charCount(codePoint);
    }
  }

  /** Returns the code points in increasing order. */
  int[] toArray() {
    IntStream.range(0, pairs.length)
        .filter(pair -> pairs[pair])
        .forEach(pair -> addPair((byte) pair, (byte) (pair >>> Byte.SIZE)));
    return IntStream.concat(
            IntStream.range(0, basic.length).filter(unit -> basic[unit]), astral.stream())
        .toArray();
  }

  private void addPair(byte first, byte second) {
    if (first >= 0) {
      basic[first] = true;
    } else if (Utf8.leadsTwo(first)) {
      basic[Utf8.codePoint(first, second)] = true;
    }
    if (second >= 0) {
      basic[second] = true;
    }
  }
}
