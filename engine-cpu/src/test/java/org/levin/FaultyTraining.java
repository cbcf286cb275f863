package org.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.levin.corpus.Corpus;
import org.levin.format.DamagedFileException;
import org.levin.model.LstmArchitecture;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.training.LearningRateSchedule;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;

/** A training that is small, but has all that a checkpoint must keep, on its way through faults. */
final class FaultyTraining {
  private FaultyTraining() {}

  /**
   * Two layers of an odd size, dropout, a schedule, epochs and validations within them, and a best
   * model that is not the last one.
   */
  static TrainingOptions.Builder<Trainer> trainer(long steps) {
    return Trainer.builder()
        .architecture(LstmArchitecture.of(2, 5))
        .dropout(0.3)
        .batchSize(3)
        .sequenceLength(23)
        .learningRate(0.2)
        .schedule(LearningRateSchedule.COSINE)
        .clipNorm(0.5)
        .epochs(1_000)
        .steps(steps)
        .validateEvery(2)
        .patience(1_000)
        .threads(1)
        .seed(-7);
  }

  /** Goes on from the checkpoint, or begins if there is none yet; to the end. */
  static SequenceModel train(
      long steps, long every, Path checkpoint, Corpus corpus, TrainingListener listener)
      throws DamagedFileException, IOException {
    Checkpointing checkpointing = new Checkpointing(checkpoint, CheckpointInterval.every(every));
    Trainer trainer =
        Files.exists(checkpoint) ? Trainer.resuming(checkpoint) : trainer(steps).build();
    return trainer.checkpointing(checkpointing).train(corpus, listener);
  }

  /** Returns how the training of a checkpoint ends; that one and all beside it stay as they are. */
  static Outcome outcome(Path checkpoint, Path scratch, Corpus corpus) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "resumed");
    for (String name : names(checkpoint.getParent())) {
      Files.copy(checkpoint.resolveSibling(name), folder.resolve(name));
    }
    Path copy = folder.resolve(checkpoint.getFileName());
    train(Long.MAX_VALUE, Long.MAX_VALUE, copy, corpus, TrainingListener.none());
    Outcome outcome = Outcome.of(copy);
    List<String> left = names(folder);
    if (!left.equals(List.of(copy.getFileName().toString()))) {
      throw new AssertionError("more than the checkpoint is left: " + left);
    }
    return outcome;
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
