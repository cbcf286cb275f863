package org.levin.corpus;

/**
 * A long row of token ids, read by position: a whole corpus or a part of it. Safe to read from
 * several threads.
 */
public interface TokenSequence {

  /** Returns the number of tokens. */
  long size();

  /**
   * Copies {@code count} tokens from {@code position} on.
   *
   * @param position the first token, {@code 0 <= position <= size() - count}
   * @param target overwritten in {@code [offset, offset + count)}
   * @throws IndexOutOfBoundsException if either range does not fit
   * @throws java.io.UncheckedIOException if the tokens lie in a file and this part of it, read for
   *     the first time, is damaged; the cause is a {@link org.levin.format.DamagedFileException}
   * @throws IllegalStateException if the corpus that the tokens belong to is closed
   */
  void copyTo(long position, int[] target, int offset, int count);

  /**
   * Returns the view of {@code [from, to)}; no token is copied. Throws {@link
   * IndexOutOfBoundsException} if the range does not fit.
   */
  default TokenSequence slice(long from, long to) {
    return TokenSlice.of(this, from, to);
  }
}
