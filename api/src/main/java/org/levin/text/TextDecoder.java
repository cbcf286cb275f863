package org.levin.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Puts a text together from ids that come one by one, and never gives half a character: bytes that
 * do not yet make one are held back. Bytes that are no well-formed UTF-8 become U+FFFD, as in
 * {@code new String(bytes, UTF_8)}. For one thread.
 */
public final class TextDecoder {
  private static final byte[] NOTHING = {};

  private final Vocabulary vocabulary;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] held = NOTHING;

  TextDecoder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Returns another decoder that goes on from here by itself. */
  public TextDecoder copy() {
    TextDecoder copy = new TextDecoder(vocabulary);
    // What is held back is all that a decoder of UTF-8 remembers.
    copy.held = held.clone();
    return copy;
  }

  /**
   * Takes the next id and returns the text that became complete, often one character, sometimes
   * nothing.
   *
   * @throws IndexOutOfBoundsException if the vocabulary has no such id; the decoder is as before
   */
  public String append(int id) {
    return decode(vocabulary.symbol(id), false);
  }

  /**
   * Returns the text of the bytes still held back, which can only be U+FFFD or nothing; the decoder
   * starts anew.
   */
  public String finish() {
    String text = decode(NOTHING, true);
    utf8.reset();
    return text;
  }

  private String decode(byte[] symbol, boolean last) {
    ByteBuffer bytes =
        ByteBuffer.allocate(held.length + symbol.length).put(held).put(symbol).flip();
    // UTF-8 never has more characters than bytes, malformed or not.
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    utf8.decode(bytes, text, last);
    if (last) {
      utf8.flush(text);
    }
    held = new byte[bytes.remaining()];
    bytes.get(held);
    return text.flip().toString();
  }
}
