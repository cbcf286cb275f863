package org.levin.constraint;

import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * A vocabulary whose symbols are several characters, or one, or half of one: the longest that fits
 * is taken. Knows no other policy than an error.
 */
final class SyllableVocabulary implements Vocabulary {
  private static final byte[][] SYMBOLS = {
    bytes("a"), bytes("b"), bytes("ab"), bytes("bab"), bytes("é"), {(byte) 0xC3}, {(byte) 0xA8}
  };

  private static byte[] bytes(String symbol) {
    return symbol.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String type() {
    return "syllables";
  }

  @Override
  public int size() {
    return SYMBOLS.length;
  }

  @Override
  public byte[] symbol(int id) {
    return SYMBOLS[id].clone();
  }

  @Override
  public void encode(CharBuffer text, UnknownSymbols unknown, IntBuffer ids) {
    for (int at = 0; text.hasRemaining() && ids.hasRemaining(); ) {
      String rest = text.toString();
      int id = longest(rest);
      if (id < 0) {
        throw new UnknownSymbolException(rest.substring(0, 1), at);
      }
      int length = new String(SYMBOLS[id], StandardCharsets.UTF_8).length();
      ids.put(id);
      text.position(text.position() + length);
      at += length;
    }
  }

  private static int longest(String rest) {
    int longest = -1;
    for (int id = 0; id < SYMBOLS.length; id++) {
      if (rest.startsWith(new String(SYMBOLS[id], StandardCharsets.UTF_8))
          && (longest < 0 || SYMBOLS[id].length > SYMBOLS[longest].length)) {
        longest = id;
      }
    }
    return longest;
  }
}
