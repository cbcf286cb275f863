package org.levin.benchmarks.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder that goes when the race is over; in memory where the system has a file system there, so
 * that what is written is flushed to no disk.
 */
final class ScratchFolder implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** The large text, the corpus of it, and the corpus that it replaces. */
  private static final long ROOM = 1L << 30;

  private final Path folder;

  ScratchFolder() throws IOException {
    boolean inMemory =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    if (inMemory) {
      folder = Files.createTempDirectory(MEMORY, "levin-race");
    } else {
      folder = Files.createTempDirectory("levin-race");
      System.err.println(
          "race: there is no file system in memory; encoding includes the flush to the disk");
    }
    // Memory that an interrupted race has taken would be missed.
    Runtime.getRuntime().addShutdownHook(new Thread(this::clear));
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() {
    clear();
  }

  private synchronized void clear() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
