package org.levin.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;

/** A text file is no well-formed UTF-8. */
public final class MalformedTextException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /**
   * Makes the exception for the first malformed place of a file.
   *
   * @param file the file
   * @param offset the 0-based offset of the first malformed byte in it
   * @param bytes the malformed bytes
   */
  public MalformedTextException(Path file, long offset, byte[] bytes) {
    super(
        "%s: no well-formed UTF-8 at byte offset %d: 0x%s; save the file as UTF-8, or choose to replace malformed bytes by U+FFFD"
            .formatted(
                file, offset, HexFormat.ofDelimiter(" 0x").withUpperCase().formatHex(bytes)));
    this.file = file.toString();
    this.offset = offset;
  }

  /** Returns the file. */
  public Path file() {
    return Path.of(file);
  }

  /** Returns the 0-based offset of the first malformed byte in the file. */
  public long offset() {
    return offset;
  }
}
