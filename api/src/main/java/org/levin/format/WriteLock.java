package org.levin.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a file over and over, for one at a time. The operating system keeps it, by a
 * lock on a file {@code NAME.lock} beside the one that is written, and takes it back from a process
 * that dies, however it dies; the small file that is left then hinders nobody.
 */
public final class WriteLock implements Closeable {
  /** A byte far beyond the text, which others may read also where locks are mandatory. */
  private static final long POSITION = Long.MAX_VALUE - 1;

  /** Each try fails only if another process gives the lock back in that very moment. */
  private static final int TRIES = 100;

  private static final int LONGEST_TEXT = 50;

  /**
   * What this JVM holds. POSIX gives a lock back as soon as its process closes any handle of the
   * file, so the file of a lock that is held here must not even be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;

  private WriteLock(Path lockFile, FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * Takes the right to write {@code target}.
   *
   * @throws FileInUseException if another has it; the message says which process
   * @throws IOException if the target cannot be a file, or its folder cannot be written
   */
  public static WriteLock of(Path target) throws IOException {
    AtomicFile.check(target);
    Path file = (Files.exists(target) ? target.toRealPath() : target).toAbsolutePath();
    Path lockFile = file.getParent().toRealPath().resolve(file.getFileName() + ".lock");
    if (!HELD.add(lockFile)) {
      throw new FileInUseException(target, "another training of this process");
    }
    boolean taken = false;
    try {
      WriteLock lock = new WriteLock(lockFile, lockedChannel(lockFile, target));
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(lockFile);
      }
    }
  }

  private static FileChannel lockedChannel(Path lockFile, Path target) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try {
        Files.createFile(lockFile);
      } catch (FileAlreadyExistsException e) {
        // A killed process left it, or another one holds it: the lock tells.
      }
      Optional<FileChannel> channel = tryLock(lockFile, target);
      if (channel.isPresent()) {
        return channel.get();
      }
    }
    throw new FileInUseException(target, "others, one after the other");
  }

  /**
   * Who holds the lock deletes its file in the end, so a lock counts only if it is on the file that
   * bears the name before and after.
   */
  private static Optional<FileChannel> tryLock(Path lockFile, Path target) throws IOException {
    Optional<FileChannel> locked = Optional.empty();
    Object before = identity(lockFile);
    FileChannel channel;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return locked;
    }
    try {
      if (channel.tryLock(POSITION, 1, false) == null) {
        throw new FileInUseException(target, owner(channel));
      }
      if (identity(lockFile).equals(before)) {
        String text = "process " + ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        locked = Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      throw new FileInUseException(target, "another part of this process");
    } finally {
      if (locked.isEmpty()) {
        channel.close();
      }
    }
    return locked;
  }

  /** Returns what tells a file from the next of its name, where the platform has such a thing. */
  private static Object identity(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Objects.requireNonNullElse(key, "a file");
    } catch (NoSuchFileException e) {
      return "no file";
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
    channel.read(text, 0);
    String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return owner.matches("process [0-9]+") ? owner : "another process";
  }

  /** Gives the right back. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        Files.deleteIfExists(lockFile);
      } finally {
        channel.close();
        HELD.remove(lockFile);
      }
    }
  }
}
