package org.levin.text;

import java.nio.CharBuffer;
import java.nio.IntBuffer;

/** A vocabulary as a user may write one: "a" and "b", in either case. */
public class CaseFoldingVocabulary implements Vocabulary {
  @Override
  public String type() {
    return "folded";
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public byte[] symbol(int id) {
    return new byte[] {(byte) "ab".charAt(id)};
  }

  @Override
  public void encode(CharBuffer text, UnknownSymbols unknown, IntBuffer ids) {
    for (int at = 0; text.hasRemaining() && ids.hasRemaining(); at++) {
      int id = "ab".indexOf(Character.toLowerCase(text.get()));
      if (id >= 0) {
        ids.put(id);
      } else if (unknown instanceof UnknownSymbols.Fail) {
        throw new UnknownSymbolException(String.valueOf(text.get(text.position() - 1)), at);
      }
    }
  }
}
