package org.levin.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.levin.corpus.MalformedTextException;

/**
 * Reads a text line by line, as UTF-8 that must be well formed. A line ends before {@code \n} or
 * {@code \r\n}.
 */
final class TextLines implements Closeable {
  private final Path path;
  private final InputStream bytes;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private long offset;

  private TextLines(Path path, InputStream bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  static TextLines of(Path file) throws IOException {
    return new TextLines(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  static TextLines of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new TextLines(Path.of("text"), new ByteArrayInputStream(utf8));
  }

  /** Returns all lines of a file. */
  static List<String> all(Path file) throws IOException {
    List<String> all = new ArrayList<>();
    try (TextLines lines = of(file)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        all.add(line.get());
      }
    }
    return all;
  }

  /**
   * Returns the next line, or nothing at the end of the text.
   *
   * @throws MalformedTextException if it is no well-formed UTF-8
   */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = bytes.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = bytes.read();
    }
    String text = decode(line.toByteArray());
    offset += line.size() + 1L;
    boolean both = next == '\n' && text.endsWith("\r");
    return Optional.of(both ? text.substring(0, text.length() - 1) : text);
  }

  private String decode(byte[] line) throws MalformedTextException {
    ByteBuffer in = ByteBuffer.wrap(line);
    // UTF-8 never has more characters than bytes.
    CharBuffer out = CharBuffer.allocate(line.length);
    CoderResult result = utf8.reset().decode(in, out, true);
    if (result.isError()) {
      byte[] malformed = new byte[result.length()];
      in.duplicate().get(malformed);
      throw new MalformedTextException(path, offset + in.position(), malformed);
    }
    return out.flip().toString();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
