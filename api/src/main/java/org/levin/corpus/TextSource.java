package org.levin.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of a text come from. */
interface TextSource {

  /** Returns the text in {@code file}. */
  static TextSource of(Path file) {
    return new TextFile(file);
  }

  /**
   * Returns the text itself; throws {@link IllegalArgumentException} if it holds half a surrogate
   * pair.
   */
  static TextSource of(String text) {
    try {
      return new TextString(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the text is no well-formed Unicode: it holds half a surrogate pair", e);
    }
  }

  /** Returns what messages call it. */
  Path path();

  /** Returns its path as it was given, in well-formed Unicode whatever the file system allows. */
  default String name() {
    return wellFormed(path());
  }

  /** Returns the last part of {@link #name}: a corpus file is the same wherever its texts lie. */
  default String fileName() {
    return wellFormed(path().getFileName());
  }

  private static String wellFormed(Path path) {
    return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Returns whether it can be opened again and gives the same bytes; a pipe cannot. */
  boolean isRepeatable();

  /**
   * Checks that it can be read, so that nobody waits for one text only to learn that the next is
   * missing.
   */
  void check() throws IOException;

  /** Opens it at its start. */
  ReadableByteChannel open() throws IOException;

  /** A file. */
  record TextFile(Path path) implements TextSource {
    @Override
    public boolean isRepeatable() {
      return Files.isRegularFile(path);
    }

    @Override
    public void check() throws IOException {
      InputFile.check(path, "a text file");
    }

    @Override
    public ReadableByteChannel open() throws IOException {
      return Files.newByteChannel(path);
    }
  }

  /** A string, as UTF-8. */
  record TextString(ByteBuffer utf8) implements TextSource {
    @Override
    public Path path() {
      return Path.of("text");
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public void check() {}

    @Override
    public ReadableByteChannel open() {
      return Channels.newChannel(
          new ByteArrayInputStream(utf8.array(), utf8.position(), utf8.remaining()));
    }
  }
}
