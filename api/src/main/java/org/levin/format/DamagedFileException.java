package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.internal.Printable;

/**
 * A file that is not what it should be: truncated, altered, or of another kind. The message names
 * the file, the place and what was expected; what it quotes from the file is cut short and without
 * control characters.
 */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_PROBLEM = 1_000;

  /**
   * Makes the exception for {@code file}; {@code problem} says where and what, and what was
   * expected.
   */
  public DamagedFileException(Path file, String problem) {
    super(message(file, problem));
  }

  /**
   * Makes the exception for {@code file}; {@code problem} says where and what, and what was
   * expected.
   */
  public DamagedFileException(Path file, String problem, Throwable cause) {
    super(message(file, problem), cause);
  }

  private static String message(Path file, String problem) {
    return file + ": " + Printable.of(problem, LONGEST_PROBLEM);
  }
}
