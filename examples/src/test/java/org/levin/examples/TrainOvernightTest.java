package org.levin.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.ModelComparison;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.format.CheckpointFile;
import org.levin.model.LstmArchitecture;
import org.levin.training.Cancellation;
import org.levin.training.Checkpointing;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

class TrainOvernightTest {
  private static final String TEXT = "All is well that ends well.\n".repeat(30);

  @TempDir Path folder;

  @Test
  void goesOnFromTheCheckpointThatIsThereAndCanBeReproduced() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), TEXT);
    Path model = folder.resolve("model.safetensors");
    Path checkpoint = folder.resolve("checkpoint");
    Trainer trainer =
        Trainer.builder()
            .architecture(LstmArchitecture.of(1, 9))
            .batchSize(4)
            .sequenceLength(7)
            .steps(20)
            .build();
    Cancellation cancellation = new Cancellation();
    TrainingListener atTheFifthStep =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics metrics) {
            if (metrics.step() == 5) {
              cancellation.cancel();
            }
          }
        };
    try (Corpus corpus = Corpus.of(text)) {
      trainer
          .checkpointing(Checkpointing.to(checkpoint))
          .train(corpus, atTheFifthStep, cancellation);
      assertEquals(5, CheckpointFile.readState(checkpoint).step());
      TrainOvernight.main(new String[] {text.toString(), model.toString(), checkpoint.toString()});
      try (SequenceModel written = SequenceModel.load(model)) {
        assertTrue(ModelComparison.of(trainer.train(corpus), written).identical());
      }
    }
    assertEquals(20, CheckpointFile.readState(checkpoint).step());
    assertTrue(reproduced(model, text).startsWith("identical"));
  }

  private static String reproduced(Path model, Path text) throws IOException {
    PrintStream standard = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      ReproduceModel.main(new String[] {model.toString(), text.toString()});
    } finally {
      System.setOut(standard);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
