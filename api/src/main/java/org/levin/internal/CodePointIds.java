package org.levin.internal;

/**
 * A vocabulary of code points, asked for one of them: who has a text as bytes need not make
 * characters of them to encode it.
 */
public interface CodePointIds {

  /**
   * Returns the id of a symbol, or a negative number if it is unknown.
   *
   * @param codePoint a valid code point
   */
  int id(int codePoint);
}
