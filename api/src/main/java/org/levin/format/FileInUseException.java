package org.levin.format;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Another process, or another training of this one, writes the file. */
public final class FileInUseException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param file that was to be written
   * @param owner who writes it
   */
  public FileInUseException(Path file, String owner) {
    super(
        file.toString(),
        null,
        "is being written by " + owner + "; wait until it has ended, or choose another file");
  }
}
