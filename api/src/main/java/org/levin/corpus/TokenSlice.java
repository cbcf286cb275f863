package org.levin.corpus;

import java.util.Objects;

/** A part of a sequence; a slice of a slice looks into the whole directly. */
record TokenSlice(TokenSequence whole, long start, long size) implements TokenSequence {

  static TokenSequence of(TokenSequence whole, long from, long to) {
    Objects.checkFromToIndex(from, to, whole.size());
    return new TokenSlice(whole, from, to - from);
  }

  @Override
  public void copyTo(long position, int[] target, int offset, int count) {
    Objects.checkFromIndexSize(position, count, size);
    whole.copyTo(start + position, target, offset, count);
  }

  @Override
  public TokenSequence slice(long from, long to) {
    Objects.checkFromToIndex(from, to, size);
    return new TokenSlice(whole, start + from, to - from);
  }
}
