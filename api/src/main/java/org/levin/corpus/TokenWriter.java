package org.levin.corpus;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** Encodes a text that comes in pieces, and writes its ids in record batches. */
final class TokenWriter {
  /** Ids that a vocabulary may give for one code point; UTF-8 has four. */
  private static final int LONGEST_SYMBOL = 1024;

  private final CorpusFileWriter file;
  private final Vocabulary vocabulary;
  private final UnknownSymbols unknown;

  /** A record batch, and what a symbol may have beyond it. */
  private final IntBuffer ids = IntBuffer.allocate(CorpusLayout.BATCH_TOKENS + LONGEST_SYMBOL);

  private long codePoints;
  private long tokens;

  TokenWriter(CorpusFileWriter file, Vocabulary vocabulary, UnknownSymbols unknown) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.unknown = unknown;
  }

  /**
   * Encodes the next piece.
   *
   * @throws UnknownSymbolException if the policy says so; its position counts from the start of the
   *     whole text
   * @throws IllegalStateException if the vocabulary gives ids that it does not have
   */
  void encode(CharBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      int start = piece.position();
      try {
        vocabulary.encode(piece, unknown, ids);
      } catch (UnknownSymbolException e) {
        throw new UnknownSymbolException(e.symbol(), codePoints + e.position());
      }
      codePoints += codePoints(piece, start);
      if (ids.position() >= CorpusLayout.BATCH_TOKENS) {
        flush(CorpusLayout.BATCH_TOKENS);
      } else if (piece.hasRemaining()) {
        throw new IllegalStateException(
            "the vocabulary %s stopped at code point %d, though there was room"
                .formatted(vocabulary.type(), codePoints));
      }
    }
  }

  /** Writes what is left and returns how many ids there were. */
  long finish() throws IOException {
    if (ids.position() > 0) {
      flush(ids.position());
    }
    return tokens;
  }

  private void flush(int count) throws IOException {
    int size = vocabulary.size();
    for (int i = 0; i < count; i++) {
      int id = ids.get(i);
      if (id < 0 || id >= size) {
        throw new IllegalStateException(
            "the vocabulary %s of %d symbols gave the id %d"
                .formatted(vocabulary.type(), size, id));
      }
    }
    file.writeBatch(ids.array(), count);
    tokens += count;
    ids.flip().position(count);
    ids.compact();
  }

  private static int codePoints(CharBuffer piece, int start) {
    int count = piece.position() - start;
    char[] chars = piece.array();
    for (int at = start; at < piece.position(); at++) {
      if (Character.isLowSurrogate(chars[at])) {
        count--;
      }
    }
    return count;
  }
}
