package org.levin.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;

/**
 * Trains for as long as it takes: whenever it is stopped, or the power fails, the same command goes
 * on. Arguments: the text, the model to write, and a file for the checkpoint.
 */
public final class TrainOvernight {
  private TrainOvernight() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    Path checkpoint = Path.of(arguments[2]);
    Trainer trainer =
        Files.exists(checkpoint)
            ? Trainer.resuming(checkpoint)
            : Trainer.builder().epochs(50).patience(3).build();
    try (Corpus corpus = Corpus.of(Path.of(arguments[0]))) {
      trainer
          .checkpointing(Checkpointing.to(checkpoint).every(CheckpointInterval.parse("10m")))
          .train(corpus)
          .save(Path.of(arguments[1]));
    }
  }
}
