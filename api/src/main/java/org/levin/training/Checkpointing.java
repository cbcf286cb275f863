package org.levin.training;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a training writes its checkpoints, and how often. Each takes the place of the one before;
 * one more is written when training ends or is cancelled.
 *
 * @param file the checkpoint, itself a model that can be loaded; one training at a time writes it
 * @param interval how often; where it is {@link CheckpointInterval#never}, only a cancelled
 *     training leaves a checkpoint
 */
public record Checkpointing(Path file, CheckpointInterval interval) {

  /** Checks that both are there. */
  public Checkpointing {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(interval, "interval");
  }

  /** Returns checkpoints in this file, at the default interval. */
  public static Checkpointing to(Path file) {
    return new Checkpointing(file, CheckpointInterval.DEFAULT);
  }

  /** Returns checkpoints in the same file at this interval. */
  public Checkpointing every(CheckpointInterval other) {
    return new Checkpointing(file, other);
  }
}
