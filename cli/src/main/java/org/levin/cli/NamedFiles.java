package org.levin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a command line by their flags: none that is written may be one that is read, or is
 * written otherwise.
 */
final class NamedFiles {
  private final List<Named> read = new ArrayList<>();
  private final List<Named> written = new ArrayList<>();

  private record Named(String flag, Path file) {}

  /** Adds a file that is read; null if it was not given. */
  NamedFiles reads(String flag, Path file) {
    if (file != null) {
      read.add(new Named(flag, file));
    }
    return this;
  }

  /** Adds files that are read; null if none was given. */
  NamedFiles reads(String flag, List<Path> files) {
    if (files != null) {
      files.forEach(file -> reads(flag, file));
    }
    return this;
  }

  /**
   * Adds a file that is written; null if it was not given.
   *
   * @throws UsageException if it is one of those before
   */
  NamedFiles writes(String flag, Path file) throws IOException {
    if (file == null) {
      return this;
    }
    for (Named other : read) {
      if (isSame(file, other.file)) {
        throw new UsageException(
            "%s would write over %s, which %s reads; name another file"
                .formatted(flag, file, other.flag));
      }
    }
    for (Named other : written) {
      if (isSame(file, other.file)) {
        throw new UsageException(
            "%s and %s would both write %s; name two files".formatted(other.flag, flag, file));
      }
    }
    written.add(new Named(flag, file));
    return this;
  }

  /** Returns whether both are one file, by whatever path. */
  static boolean isSame(Path first, Path second) throws IOException {
    return Files.exists(first) && Files.exists(second)
        ? Files.isSameFile(first, second)
        : first.toAbsolutePath().normalize().equals(second.toAbsolutePath().normalize());
  }
}
