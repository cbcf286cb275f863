package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not what it should be: truncated, altered, or of another kind. The message names
 * the file, the place and what was expected.
 */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception for {@code file}; {@code problem} says where and what, and what was
   * expected.
   */
  public DamagedFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /**
   * Makes the exception for {@code file}; {@code problem} says where and what, and what was
   * expected.
   */
  public DamagedFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
