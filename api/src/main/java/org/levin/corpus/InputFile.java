package org.levin.corpus;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the JDK finds out only later, or says with the bare path. */
final class InputFile {
  private InputFile() {}

  /** Checks that a file is there and can be read; {@code expected} says what it should be. */
  static void check(Path file, String expected) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder, expected " + expected);
    }
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file.toString(), null, "does not exist, expected " + expected);
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(
          file.toString(), null, "must not be read by this user, expected " + expected);
    }
  }
}
