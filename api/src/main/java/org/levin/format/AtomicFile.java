package org.levin.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files whole or not at all: a temporary file in the same folder, flushed to disk, then
 * renamed over the old one.
 *
 * <p>To a user it looks as if the file itself had been rewritten: a symbolic link stays and what it
 * points at is replaced, permissions of an existing file are kept (owner and group become the
 * writer's), a new file gets the usual ones. A file that the user may not write, a folder, a pipe
 * or a device is refused: renaming would replace each of them.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Fills a file through its channel, which is open for reading and writing and empty at first. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code channel}; what it throws leaves the old file as it was. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Replaces or creates {@code target}. Whatever happens in between, the old file or the new one is
   * there, whole; a failure leaves no temporary file behind. A process that is killed may leave
   * one, named {@code .levin-*.tmp}; see {@link #removeLeftovers}.
   *
   * @throws FileSystemException if the target cannot be a file (the message says why): a folder, a
   *     link to nothing, not writable, or in a folder that is missing or not writable
   * @throws IOException if the disk is full or {@code content} throws; the target is untouched
   *     then. If only the folder cannot be flushed, the new file is in its place, but a power cut
   *     may bring the old one back
   */
  public static void write(Path target, Content content) throws IOException {
    Path file = fileBehind(target);
    Path folder = file.toAbsolutePath().getParent();
    requireWritable(folder, target);
    try (Temporary temporary = Temporary.of(file)) {
      try (FileChannel channel = temporary.open()) {
        if (Files.exists(file)) {
          copyPermissions(file, temporary.path());
        }
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary.path(),
          file,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    flushFolder(folder);
  }

  /**
   * Finds out now, and not after hours of work, that {@link #write} would refuse the target.
   *
   * @throws FileSystemException if the target cannot be a file; the message says why
   * @throws IOException if it cannot be looked at
   */
  public static void check(Path target) throws IOException {
    requireWritable(fileBehind(target).toAbsolutePath().getParent(), target);
  }

  /**
   * Deletes the temporary files that killed writers of this target left behind. To be called by who
   * knows that nobody writes it now.
   *
   * @throws IOException if the folder cannot be read, or one cannot be deleted
   */
  public static void removeLeftovers(Path target) throws IOException {
    Path file = fileBehind(target).toAbsolutePath();
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(file.getParent(), Temporary.prefix(file) + "*.tmp")) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void requireWritable(Path folder, Path target) throws IOException {
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(
          target.toString(), null, "its folder " + folder + " is write-protected");
    }
  }

  /** Follows links and refuses what a file cannot replace. */
  private static Path fileBehind(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "is a folder; name a file");
    }
    if (Files.exists(target)) {
      if (!Files.isRegularFile(target)) {
        throw new FileSystemException(target.toString(), null, "is not a regular file");
      }
      if (!Files.isWritable(target)) {
        throw new AccessDeniedException(target.toString(), null, "is write-protected");
      }
      return target.toRealPath();
    }
    if (Files.isSymbolicLink(target)) {
      throw new NoSuchFileException(
          target.toString(), null, "is a link to nothing: " + Files.readSymbolicLink(target));
    }
    Path folder = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          target.toString(), null, "there is no folder " + folder + "; make it first");
    }
    return target;
  }

  /** Before anything is written, so that a private file is never readable by others. */
  private static void copyPermissions(Path from, Path to) throws IOException {
    if (hasPosixPermissions(from)) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  /**
   * The rename is durable only once the folder is; a platform that cannot open folders (Windows)
   * does that by itself.
   */
  private static void flushFolder(Path folder) throws IOException {
    if (hasPosixPermissions(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean hasPosixPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** A file that goes when it is closed, unless it was moved away. */
  private record Temporary(Path path) implements Closeable {
    private static final int NAME_DIGITS = 16;

    /** Chooses a name; short, so that it fits wherever the target's own name does. */
    static Temporary of(Path file) {
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      return new Temporary(file.resolveSibling(prefix(file) + random + ".tmp"));
    }

    /** Returns what the names of all temporary files of this one begin with. */
    static String prefix(Path file) {
      byte[] name = file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
      return ".levin-" + new Sha256().update(name).hex().substring(0, NAME_DIGITS) + "-";
    }

    FileChannel open() throws IOException {
      return FileChannel.open(
          path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }
}
