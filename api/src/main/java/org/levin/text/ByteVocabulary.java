package org.levin.text;

import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Objects;
import org.levin.internal.Arguments;

/** A symbol is a byte of the UTF-8 form of a text, its id the unsigned value. */
final class ByteVocabulary implements Vocabulary {
  private static final int SIZE = 256;

  static final ByteVocabulary INSTANCE = new ByteVocabulary();

  private final String fingerprint = Vocabulary.super.fingerprint();

  private ByteVocabulary() {}

  static ByteVocabulary of(List<byte[]> symbols) {
    Arguments.require(
        symbols.size() == SIZE,
        "a vocabulary of bytes has 256 symbols, but there are %d",
        symbols.size());
    for (int id = 0; id < SIZE; id++) {
      byte[] symbol = symbols.get(id);
      Arguments.require(
          symbol.length == 1 && symbol[0] == (byte) id,
          "symbol %d of a vocabulary of bytes must be the byte 0x%02X, but was %s",
          id,
          id,
          Symbols.display(symbol));
    }
    return INSTANCE;
  }

  @Override
  public String type() {
    return BYTES;
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public byte[] symbol(int id) {
    return new byte[] {(byte) Objects.checkIndex(id, SIZE)};
  }

  @Override
  public void encode(CharBuffer text, UnknownSymbols unknown, IntBuffer ids) {
    int start = text.position();
    int end = text.limit();
    int at = start;
    while (at < end && ids.hasRemaining()) {
      int codePoint = Symbols.codePointAt(text, at);
      int length = Character.charCount(codePoint);
      if (Symbols.isSurrogate(codePoint)) {
        switch (unknown) {
          case UnknownSymbols.Fail _ -> throw UnknownSymbolException.at(text, start, at);
          case UnknownSymbols.Skip _ -> {
            at += length;
            continue;
          }
          case UnknownSymbols.Replace replace -> codePoint = replace.codePoint();
        }
      }
      if (!put(codePoint, ids)) {
        break;
      }
      at += length;
    }
    text.position(at);
  }

  /**
   * Writes the UTF-8 form (RFC 3629: 7, 11, 16 or 21 bits in one to four bytes) if there is room
   * for it.
   */
  private static boolean put(int codePoint, IntBuffer ids) {
    if (codePoint < 0x80) {
      ids.put(codePoint);
      return true;
    }
    int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    if (ids.remaining() < length) {
      return false;
    }
    int leader = 0xF0 << (4 - length) & 0xFF;
    int shift = 6 * (length - 1);
    ids.put(leader | codePoint >>> shift);
    while (shift > 0) {
      shift -= 6;
      ids.put(0x80 | codePoint >>> shift & 0x3F);
    }
    return true;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return "vocabulary of the 256 bytes";
  }
}
