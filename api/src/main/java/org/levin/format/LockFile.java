package org.levin.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of a {@link WriteLock}, open and locked by this process. */
final class LockFile {
  /** A byte far beyond the text, which others may read also where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final String BEGINNING = "process ";
  private static final Pattern TEXT = Pattern.compile(BEGINNING + "[0-9]+(?=\n)");
  private static final int TEXT_BYTES = 50;
  private static final int MOST_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;

  /** Whether it is there for the lock alone, and not a file of someone who likes the name. */
  private final boolean own;

  private LockFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    String text = text(channel);
    own = BEGINNING.startsWith(text.substring(0, Math.min(text.length(), BEGINNING.length())));
  }

  /**
   * Makes the file, if it is not there, and locks it.
   *
   * @return nothing if another process gave the lock back in this very moment
   * @throws FileInUseException if another holds it
   */
  static Optional<LockFile> tryLock(Path path, Path target) throws IOException {
    FileChannel channel = open(path, target);
    boolean locked = false;
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw new FileInUseException(target, owner(channel));
      }
      LockFile file = new LockFile(path, channel);
      locked = !file.own || file.sign();
      return locked ? Optional.of(file) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      throw new FileInUseException(target, "another part of this process");
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** If it is there, a killed process left it, or another one holds it: the lock tells. */
  private static FileChannel open(Path path, Path target) throws IOException {
    try {
      return FileChannel.open(
          path,
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      String remedy =
          "is another user's and cannot be locked; if no training of theirs writes %s, delete it";
      AccessDeniedException refused =
          new AccessDeniedException(path.toString(), null, remedy.formatted(target));
      refused.initCause(e);
      throw refused;
    }
  }

  /**
   * Writes down who holds the lock; returns whether the file still bears its name. Who held the
   * lock before may have deleted it, and another process have locked the next of that name. An open
   * file does not tell which one it is, so it is given a length by which to find it under the name.
   */
  private boolean sign() throws IOException {
    long length = ThreadLocalRandom.current().nextLong(TEXT_BYTES, MOST_BYTES);
    try {
      channel.truncate(0);
      write(BEGINNING + ProcessHandle.current().pid() + "\n", 0);
      write("\n", length - 1);
      return bearsItsName();
    } catch (IOException e) {
      try {
        if (bearsItsName()) {
          Files.delete(path);
        }
      } catch (IOException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  private boolean bearsItsName() throws IOException {
    try {
      return Files.size(path) == channel.size();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void write(String text, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    Matcher text = TEXT.matcher(text(channel));
    return text.lookingAt() ? text.group() : "another process";
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(TEXT_BYTES);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }

  /** Deletes the file and gives the lock back. */
  void release() {
    try (channel) {
      if (own) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A file that is left hinders nobody, and what was trained must not be lost over it.
    }
  }
}
