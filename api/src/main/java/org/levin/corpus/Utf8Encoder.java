package org.levin.corpus;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.levin.internal.CodePointIds;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * Encodes well-formed UTF-8 straight from its bytes, for vocabularies of which more is known than
 * {@link Vocabulary} says. Leaves the rest, above all every error, to who decodes and asks the
 * vocabulary.
 */
abstract class Utf8Encoder {
  final TokenBatch batch;
  private final WordEncoder words;
  private final CodePointRun run = new CodePointRun();
  private long codePoints;

  private Utf8Encoder(TokenBatch batch, IntUnaryOperator shortIds) {
    this.batch = batch;
    this.words = new WordEncoder(shortIds, batch.width());
  }

  /** Returns the encoder that does what the vocabulary would, if there is one. */
  static Optional<Utf8Encoder> of(Vocabulary vocabulary, UnknownSymbols unknown, TokenBatch batch) {
    if (vocabulary.equals(Vocabulary.bytes())) {
      return Optional.of(new OfBytes(batch));
    }
    if (!(vocabulary instanceof CodePointIds ids)) {
      return Optional.empty();
    }
    return switch (unknown) {
      case UnknownSymbols.Fail _ -> Optional.of(new OfCodePoints(batch, ids, OfCodePoints.STOP));
      case UnknownSymbols.Skip _ -> Optional.of(new OfCodePoints(batch, ids, OfCodePoints.SKIP));
      case UnknownSymbols.Replace replace -> {
        int substitute = ids.id(replace.codePoint());
        yield substitute < 0
            ? Optional.empty()
            : Optional.of(new OfCodePoints(batch, ids, substitute));
      }
    };
  }

  /**
   * Encodes until the batch is full or something comes that is left to others, and moves the
   * position behind what was encoded.
   *
   * @param utf8 has an array without offset
   */
  final void encode(ByteBuffer utf8) {
    byte[] bytes = utf8.array();
    int at = utf8.position();
    int end = utf8.limit();
    while (at < end && !batch.isFull()) {
      int size = batch.size();
      at = words.encode(bytes, at, end, batch);
      codePoints += batch.size() - size;
      if (batch.isFull()) {
        break;
      }
      int next = run.decode(bytes, at, end);
      int encoded = put(run, bytes, at, next);
      codePoints += encoded;
      if (encoded < run.size() || encoded == 0) {
        at += run.bytes(encoded);
        break;
      }
      at = next;
    }
    utf8.position(at);
  }

  /**
   * Puts the ids of characters.
   *
   * @param characters the text; not modified
   * @param bytes the same as bytes from {@code start} to {@code end}
   * @return how many characters were encoded; those behind are left to others
   */
  abstract int put(CodePointRun characters, byte[] bytes, int start, int end);

  /** Returns how many code points were encoded so far. */
  final long codePoints() {
    return codePoints;
  }

  /** For {@link Vocabulary#bytes()}. */
  private static final class OfBytes extends Utf8Encoder {
    private final int[] ids = new int[CodePointRun.CAPACITY * Utf8.LONGEST];

    OfBytes(TokenBatch batch) {
      super(batch, codePoint -> codePoint < 0x80 ? codePoint : -1);
    }

    @Override
    int put(CodePointRun characters, byte[] bytes, int start, int end) {
      for (int at = start; at < end; at++) {
        ids[at - start] = Byte.toUnsignedInt(bytes[at]);
      }
      batch.put(ids, end - start);
      return characters.size();
    }
  }

  /** For vocabularies of code points. */
  private static final class OfCodePoints extends Utf8Encoder {
    static final int STOP = -1;
    static final int SKIP = -2;

    private final CodePointIds ids;
    private final int substitute;
    private final int[] encoded = new int[CodePointRun.CAPACITY];

    /** {@code substitute} is the id for what is unknown, or what else to do. */
    OfCodePoints(TokenBatch batch, CodePointIds ids, int substitute) {
      super(batch, codePoint -> ids.id(codePoint) < 0 ? substitute : ids.id(codePoint));
      this.ids = ids;
      this.substitute = substitute;
    }

    @Override
    int put(CodePointRun characters, byte[] bytes, int start, int end) {
      int[] codePoints = characters.codePoints();
      int size = characters.size();
      int count = 0;
      int at = 0;
      for (; at < size; at++) {
        int known = ids.id(codePoints[at]);
        int id = known < 0 ? substitute : known;
        if (id == STOP) {
          break;
        }
        if (id >= 0) {
          encoded[count++] = id;
        }
      }
      batch.put(encoded, count);
      return at;
    }
  }
}
