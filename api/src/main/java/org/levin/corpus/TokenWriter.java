package org.levin.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** Encodes a text that comes in pieces, and writes its ids in record batches. */
final class TokenWriter implements TextSink {
  /** Ids that a vocabulary may give for one code point; UTF-8 has four. */
  private static final int LONGEST_SYMBOL = 1024;

  /** Ids that a vocabulary is asked for at once. */
  private static final int CHUNK = TokenBatch.OVERHANG - LONGEST_SYMBOL;

  private final CorpusFileWriter file;
  private final Vocabulary vocabulary;
  private final UnknownSymbols unknown;
  private final TokenBatch batch;
  private final Optional<Utf8Encoder> direct;

  /** A chunk, and what a symbol may have beyond it. */
  private final IntBuffer ids = IntBuffer.allocate(CHUNK + LONGEST_SYMBOL);

  /** What the vocabulary has encoded. */
  private long codePoints;

  private long tokens;

  TokenWriter(CorpusFileWriter file, Vocabulary vocabulary, UnknownSymbols unknown) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.unknown = unknown;
    this.batch = new TokenBatch(file.indexWidth());
    this.direct = Utf8Encoder.of(vocabulary, unknown, batch);
  }

  @Override
  public void acceptUtf8(ByteBuffer utf8) throws IOException {
    if (direct.isPresent()) {
      direct.get().encode(utf8);
      while (batch.isFull()) {
        flush();
        direct.get().encode(utf8);
      }
    }
  }

  /**
   * Encodes what is left of a piece.
   *
   * @throws UnknownSymbolException if the policy says so; its position counts from the start of the
   *     whole text
   * @throws IllegalStateException if the vocabulary gives ids that it does not have
   */
  @Override
  public void accept(CharBuffer characters) throws IOException {
    while (characters.hasRemaining()) {
      int start = characters.position();
      try {
        vocabulary.encode(characters, unknown, ids.clear());
      } catch (UnknownSymbolException e) {
        throw new UnknownSymbolException(e.symbol(), codePoints() + e.position());
      }
      codePoints += codePoints(characters, start);
      if (characters.hasRemaining() && ids.position() < CHUNK) {
        throw new IllegalStateException(
            "the vocabulary %s stopped at code point %d, though there was room"
                .formatted(vocabulary.type(), codePoints()));
      }
      put(ids.array(), ids.position());
    }
  }

  private void put(int[] ids, int count) throws IOException {
    int size = vocabulary.size();
    for (int i = 0; i < count; i++) {
      if (ids[i] < 0 || ids[i] >= size) {
        throw new IllegalStateException(
            "the vocabulary %s of %d symbols gave the id %d"
                .formatted(vocabulary.type(), size, ids[i]));
      }
    }
    batch.put(ids, count);
    if (batch.isFull()) {
      flush();
    }
  }

  /** Writes what is left and returns how many ids there were. */
  long finish() throws IOException {
    if (batch.size() > 0) {
      flush();
    }
    return tokens;
  }

  private void flush() throws IOException {
    int count = Math.min(batch.size(), CorpusLayout.BATCH_TOKENS);
    file.writeBatch(batch.content(), count);
    batch.removeContent();
    tokens += count;
  }

  private long codePoints() {
    return codePoints + direct.map(Utf8Encoder::codePoints).orElse(0L);
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
