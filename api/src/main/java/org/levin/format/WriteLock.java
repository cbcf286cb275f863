package org.levin.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to write a file over and over, for one at a time. The operating system keeps it, by a
 * lock on a file {@code NAME.lock} beside the one that is written, and takes it back from a process
 * that dies, however it dies; the small file that is left then hinders nobody. A file of that name
 * with a text of its own is locked, too, but neither changed nor deleted.
 */
public final class WriteLock implements Closeable {
  /** Each try fails only if another process gives the lock back in that very moment. */
  private static final int TRIES = 100;

  /**
   * What this JVM holds. POSIX gives a lock back as soon as its process closes any handle of the
   * file, so the file of a lock that is held here must not even be opened.
   */
  private static final Set<Place> HELD = ConcurrentHashMap.newKeySet();

  private final Place place;
  private final LockFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  private WriteLock(Place place, LockFile file) {
    this.place = place;
    this.file = file;
  }

  /** A name in a folder; more than one path may lead there. */
  private record Place(Object folder, String name) {
    static Place of(Path file) throws IOException {
      Path folder = file.getParent();
      Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      return new Place(Objects.requireNonNullElse(key, folder), file.getFileName().toString());
    }
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
    Place place = Place.of(lockFile);
    if (!HELD.add(place)) {
      throw new FileInUseException(target, "another training of this process");
    }
    boolean taken = false;
    try {
      WriteLock lock = new WriteLock(place, lock(lockFile, target));
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(place);
      }
    }
  }

  private static LockFile lock(Path lockFile, Path target) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<LockFile> locked = LockFile.tryLock(lockFile, target);
      if (locked.isPresent()) {
        return locked.get();
      }
    }
    throw new FileInUseException(target, "others, one after the other");
  }

  /** Gives the right back. Closing twice is harmless. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      file.release();
      HELD.remove(place);
    }
  }
}
