package org.levin.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads sources as text, piece by piece, in memory that does not grow with them. */
final class TextReader {
  /** Large enough that calls cost nothing, small enough for a core's cache. */
  static final int PIECE = 1 << 17;

  private final CharsetDecoder utf8;

  /** Where channels write to without a detour; the loops over bytes want an array. */
  private final ByteBuffer read = ByteBuffer.allocateDirect(PIECE);

  private final ByteBuffer bytes = ByteBuffer.allocate(PIECE);

  /** UTF-8 never has more characters than bytes. */
  private final CharBuffer text = CharBuffer.allocate(PIECE);

  /**
   * Makes a reader.
   *
   * @param malformed {@link CodingErrorAction#REPORT} or {@link CodingErrorAction#REPLACE}, for
   *     bytes that are no UTF-8
   */
  TextReader(CodingErrorAction malformed) {
    this.utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(malformed)
            .onUnmappableCharacter(malformed);
  }

  /**
   * Reads a source to its end.
   *
   * @param digest is shown all bytes, in order
   * @param sink is given all of the text, in order
   * @return the number of bytes
   * @throws MalformedTextException if bytes are no UTF-8 and are to be reported
   */
  long read(TextSource source, Consumer<ByteBuffer> digest, TextSink sink) throws IOException {
    utf8.reset();
    bytes.clear();
    long size = 0;
    try (ReadableByteChannel channel = source.open()) {
      boolean end = false;
      while (!end) {
        int held = bytes.position();
        end = !readInto(bytes, channel);
        bytes.flip();
        digest.accept(bytes.slice(held, bytes.limit() - held));
        size += bytes.limit() - held;
        sink.acceptUtf8(bytes);
        decode(source, size - bytes.limit(), end);
        if (text.hasRemaining()) {
          sink.accept(text);
        }
        bytes.compact();
      }
    }
    return size;
  }

  /** Reads what there is and fits; returns whether the end is not reached. */
  private boolean readInto(ByteBuffer target, ReadableByteChannel channel) throws IOException {
    read.clear().limit(target.remaining());
    int count = channel.read(read);
    target.put(read.flip());
    return count >= 0;
  }

  /**
   * Decodes {@code bytes}, which start at {@code offset} in the source; the start of a cut
   * character stays in them.
   */
  private void decode(TextSource source, long offset, boolean end) throws MalformedTextException {
    text.clear();
    CoderResult result = utf8.decode(bytes, text, end);
    if (result.isError()) {
      byte[] malformed = new byte[result.length()];
      bytes.get(bytes.position(), malformed);
      throw new MalformedTextException(source.path(), offset + bytes.position(), malformed);
    }
    if (end) {
      utf8.flush(text);
    }
    text.flip();
  }
}
