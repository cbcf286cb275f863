package org.levin.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Well-formed UTF-8 as RFC 3629 defines it. Bytes are taken as Java has them, signed. A word is
 * eight bytes, the first in the low bits; short characters are those of one or two bytes.
 */
final class Utf8 {
  /** Instead of a code point: no whole, well-formed character is there. */
  static final int NONE = -1;

  /** Bytes of the longest character. */
  static final int LONGEST = 4;

  /** A word at any place of an array. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The high bit of every byte of a word. */
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** What follows the first byte of a character is less. */
  private static final int CONTINUATIONS_END = (byte) 0xC0;

  private Utf8() {}

  static boolean isAscii(long word) {
    return (word & HIGH_BITS) == 0;
  }

  /**
   * Returns whether a word that starts with a character has short ones only, well-formed; the last
   * byte may start any.
   */
  static boolean startsShort(long word) {
    long high = word & HIGH_BITS;
    long leaders = high & word << 1;
    long continuations = high & ~(word << 1);
    // The form 110xxxxx, of whose x the upper four are not all 0.
    long wrongLeaders =
        leaders & (word << 2 | ~((word & 0x1E1E1E1E1E1E1E1EL) + 0x7E7E7E7E7E7E7E7EL));
    return (continuations ^ leaders << Byte.SIZE | wrongLeaders << Byte.SIZE) == 0;
  }

  /**
   * Returns the bytes of a word that {@linkplain #startsShort starts short}, without the last byte
   * if that starts a character.
   */
  static int shortLength(long word) {
    return 7 + (word >>> 62 == 2 ? 1 : 0);
  }

  /** Returns a word in which the lowest bit of every byte says that a character starts there. */
  static long starts(long word) {
    return (~word | word << 1) >>> 7 & 0x0101010101010101L;
  }

  static boolean leadsTwo(int leader) {
    return leader >= (byte) 0xC2 && leader <= (byte) 0xDF;
  }

  static boolean leadsThree(int leader) {
    return leader >= (byte) 0xE0 && leader <= (byte) 0xEF;
  }

  static boolean continues(int next) {
    return next < CONTINUATIONS_END;
  }

  /** Returns the code point of a well-formed character of two bytes. */
  static int codePoint(int leader, int next) {
    return (leader & 0x1F) << 6 | next & 0x3F;
  }

  /** Returns the character that starts at a byte that {@linkplain #leadsTwo leads two}. */
  static int ofTwo(byte[] bytes, int at, int end) {
    return end - at < 2 || !continues(bytes[at + 1]) ? NONE : codePoint(bytes[at], bytes[at + 1]);
  }

  /** Returns the character that starts at a byte that {@linkplain #leadsThree leads three}. */
  static int ofThree(byte[] bytes, int at, int end) {
    if (end - at < 3 || !continues(bytes[at + 1]) || !continues(bytes[at + 2])) {
      return NONE;
    }
    int codePoint = (bytes[at] & 0x0F) << 12 | bits(bytes, at + 1) << 6 | bits(bytes, at + 2);
    boolean wellFormed =
        codePoint >= 0x800
            && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    return wellFormed ? codePoint : NONE;
  }

  /** Returns the character of four bytes that starts at any byte, if there is one. */
  static int ofFour(byte[] bytes, int at, int end) {
    if (bytes[at] < (byte) 0xF0
        || bytes[at] > (byte) 0xF7
        || end - at < 4
        || !continues(bytes[at + 1])
        || !continues(bytes[at + 2])
        || !continues(bytes[at + 3])) {
      return NONE;
    }
    int codePoint =
        (bytes[at] & 0x07) << 18
            | bits(bytes, at + 1) << 12
            | bits(bytes, at + 2) << 6
            | bits(bytes, at + 3);
    return Character.isSupplementaryCodePoint(codePoint) ? codePoint : NONE;
  }

  private static int bits(byte[] bytes, int at) {
    return bytes[at] & 0x3F;
  }

  /** Returns the number of bytes of a character. */
  static int length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : LONGEST;
  }
}
