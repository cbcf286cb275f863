package org.levin.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * Takes a text piece by piece: straight from its bytes as far as it can, and as characters where it
 * cannot.
 */
interface TextSink {

  /**
   * Takes well-formed UTF-8 from the start of a piece, as much as it likes or nothing, and moves
   * the position behind it. What is left, but for a character cut by the end, comes to {@link
   * #accept} next.
   *
   * @param utf8 has an array without offset; overwritten afterwards
   */
  void acceptUtf8(ByteBuffer utf8) throws IOException;

  /**
   * Takes what is left of a piece as characters.
   *
   * @param characters have an array without offset; overwritten afterwards; no surrogate pair is
   *     cut by the ends
   */
  void accept(CharBuffer characters) throws IOException;
}
