package org.levin.faults;

import java.io.IOException;
import java.nio.file.Path;

/** Something that is about to change a file, or to make a change last. */
public final class Operation {
  private final String name;
  private final Path file;
  private final Half half;

  /** The first half of what is to be done. */
  @FunctionalInterface
  interface Half {
    void run() throws IOException;
  }

  Operation(String name, Path file, Half half) {
    this.name = name;
    this.file = file;
    this.half = half;
  }

  Operation(String name, Path file) {
    this(name, file, () -> {});
  }

  /** Returns what it does: write, force, move, and so on. */
  public String name() {
    return name;
  }

  /** Returns the file that it does it to, as the usual file system knows it. */
  public Path file() {
    return file;
  }

  /** Does the first half of it: half of the bytes of a write; nothing, if it has no halves. */
  public void half() throws IOException {
    half.run();
  }

  @Override
  public String toString() {
    return name + " " + file.getFileName();
  }
}
