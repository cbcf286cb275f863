package org.levin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.levin.Trainer;
import org.levin.format.CheckpointFile;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.training.TrainingOptions;
import picocli.CommandLine.Option;

/** Where a training writes its checkpoints, and which one it goes on from. */
final class CheckpointFlags {
  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Write all that --resume needs to this file, now and then and in the end.")
  private Path checkpoint;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N|Nm",
      description = "Steps, or minutes, between checkpoints (${bundle:default.checkpointEvery}).")
  private String every;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Go on from this checkpoint, with its options, to the end it would have had.")
  private Path resume;

  /** Returns the checkpoint to go on from, if there is one. */
  Optional<Path> resume() {
    return Optional.ofNullable(resume);
  }

  /**
   * Returns the trainer that goes on from the checkpoint, if there is one, and writes checkpoints.
   *
   * @param model where a training that is interrupted leaves its checkpoint, unless the user chose
   *     another file
   */
  Trainer apply(Trainer trainer, Path model) throws IOException {
    Trainer resumed = resume == null ? trainer : resumingFrom(trainer);
    Optional<CheckpointInterval> interval = interval();
    if (checkpoint != null) {
      CheckpointInterval usual =
          resume == null ? CheckpointInterval.DEFAULT : CheckpointFile.readState(resume).interval();
      return resumed.checkpointing(new Checkpointing(checkpoint, interval.orElse(usual)));
    }
    if (resume != null) {
      return interval
          .map(chosen -> resumed.checkpointing(new Checkpointing(resume, chosen)))
          .orElse(resumed);
    }
    if (interval.isPresent()) {
      throw new UsageException("--checkpoint-every needs a file: --checkpoint");
    }
    return resumed.checkpointing(new Checkpointing(model, CheckpointInterval.never()));
  }

  /** Returns a warning if the training is about to write over a checkpoint that nobody resumed. */
  Optional<String> warning(Path model) {
    Path file = file(model);
    if (resume != null || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return CheckpointFile.findState(file)
          .map(
              state ->
                  "%s has a checkpoint of step %d of %d, and this training begins anew and will write over it; go on from it with --resume %s"
                      .formatted(file, state.step(), state.steps(), file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the file that was named with --checkpoint, or null. */
  Path checkpoint() {
    return checkpoint;
  }

  /** Returns the file that a training with these flags leaves its checkpoint in. */
  Path file(Path model) {
    return Optional.ofNullable(checkpoint).or(this::resume).orElse(model);
  }

  private Trainer resumingFrom(Trainer trainer) throws IOException {
    try {
      return trainer.resumingFrom(resume);
    } catch (IllegalArgumentException e) {
      throw new UsageException(TrainingFlags.withFlag(e.getMessage()) + "; leave it out", e);
    }
  }

  private Optional<CheckpointInterval> interval() {
    try {
      return Optional.ofNullable(every).map(CheckpointInterval::parse);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageException("--checkpoint-every: " + e.getMessage(), e);
    }
  }

  /** Returns the options of the checkpoint, for flags to repeat or to add to. */
  static TrainingOptions.Builder<TrainingOptions> options(Path checkpoint) throws IOException {
    return Trainer.resuming(checkpoint).options().toBuilder();
  }
}
