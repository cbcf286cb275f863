package org.levin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.levin.format.AtomicFile;
import org.levin.format.CheckpointFile;
import org.levin.format.FileInUseException;
import org.levin.format.WriteLock;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.training.TrainingListener;

/**
 * Writes the checkpoints of a training when they are due; holds their file for itself. A full disk
 * is no reason to end a training of hours: what cannot be written is said, and training goes on.
 */
final class Checkpoints implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

  private final Optional<Checkpointing> where;
  private final Optional<WriteLock> lock;
  private final TrainingListener listener;
  private long lastStep;
  private long stepOnDisk;
  private long lastTime = System.nanoTime();

  private Checkpoints(
      Optional<Checkpointing> where, Optional<WriteLock> lock, TrainingListener listener) {
    this.where = where;
    this.lock = lock;
    this.listener = listener;
  }

  /**
   * Takes the file, if there is to be one.
   *
   * @throws UncheckedIOException if it cannot be written, or another training writes it
   */
  static Checkpoints open(Optional<Checkpointing> where, TrainingListener listener) {
    if (where.isEmpty()) {
      return new Checkpoints(where, Optional.empty(), listener);
    }
    Path file = where.get().file();
    try {
      AtomicFile.check(file);
      Optional<WriteLock> lock = lock(where.get());
      try {
        AtomicFile.removeLeftovers(file);
      } catch (IOException e) {
        lock.ifPresent(WriteLock::close);
        throw e;
      }
      return new Checkpoints(where, lock, listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where nothing is written over and over, a file system without locks is no hindrance. */
  private static Optional<WriteLock> lock(Checkpointing where) throws IOException {
    try {
      return Optional.of(WriteLock.of(where.file()));
    } catch (FileInUseException e) {
      throw e;
    } catch (IOException e) {
      if (!where.interval().isNever()) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          where.file() + " cannot be kept from other trainings: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Takes note of the checkpoint that the training goes on from. */
  void resumed(Path from, long step) {
    lastStep = step;
    if (where.isPresent() && where.get().file().equals(from)) {
      stepOnDisk = step;
    }
  }

  CheckpointInterval interval() {
    return where.map(Checkpointing::interval).orElse(CheckpointInterval.never());
  }

  /** Writes the checkpoint of a step if it is due. */
  void after(long step, Supplier<CheckpointFile> content) {
    Duration since = Duration.ofNanos(System.nanoTime() - lastTime);
    if (interval().isDue(step - lastStep, since)) {
      write(step, content);
    }
  }

  /** Writes the checkpoint of the last step, unless it is there already. */
  void afterLast(long step, boolean cancelled, Supplier<CheckpointFile> content) {
    if (where.isPresent() && step > stepOnDisk && (cancelled || !interval().isNever())) {
      write(step, content);
    }
  }

  private void write(long step, Supplier<CheckpointFile> content) {
    CheckpointFile checkpoint = content.get();
    // A failed one counts, too: to try again after every step would slow the training down.
    lastStep = step;
    try {
      checkpoint.write(where.orElseThrow().file());
      lastTime = System.nanoTime();
      stepOnDisk = step;
      listener.checkpointed(step);
    } catch (IOException e) {
      lastTime = System.nanoTime();
      LOG.log(
          System.Logger.Level.WARNING,
          "the checkpoint after step "
              + step
              + " could not be written, and the one before it is kept: "
              + e.getMessage());
      listener.checkpointFailed(step, e);
    }
  }

  @Override
  public void close() {
    lock.ifPresent(WriteLock::close);
  }
}
