package org.levin.corpus;

import java.util.Objects;

/** Tokens in an array: the plainest sequence there is. */
record ArraySequence(int... ids) implements TokenSequence {
  @Override
  public long size() {
    return ids.length;
  }

  @Override
  public void copyTo(long position, int[] target, int offset, int count) {
    Objects.checkFromIndexSize(position, count, ids.length);
    System.arraycopy(ids, (int) position, target, offset, count);
  }

  static int[] all(TokenSequence tokens) {
    int[] ids = new int[(int) tokens.size()];
    tokens.copyTo(0, ids, 0, ids.length);
    return ids;
  }
}
