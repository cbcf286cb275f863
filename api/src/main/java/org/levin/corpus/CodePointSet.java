package org.levin.corpus;

import java.nio.CharBuffer;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Collects the code points of a text. */
final class CodePointSet {
  /** A flag for every char is quicker to set than a bit, and text is mostly of such. */
  private final boolean[] basic = new boolean[1 << Character.SIZE];

  private final BitSet astral = new BitSet();

  /** Adds the code points of a well-formed piece. */
  void add(CharBuffer piece) {
    char[] chars = piece.array();
    int end = piece.arrayOffset() + piece.limit();
    for (int at = piece.arrayOffset() + piece.position(); at < end; at++) {
      char unit = chars[at];
      if (Character.isHighSurrogate(unit)) {
        at++;
        astral.set(Character.toCodePoint(unit, chars[at]));
      } else {
        basic[unit] = true;
      }
    }
  }

  /** Returns the code points in increasing order. */
  int[] toArray() {
    return IntStream.concat(
            IntStream.range(0, basic.length).filter(unit -> basic[unit]), astral.stream())
        .toArray();
  }
}
