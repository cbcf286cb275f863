package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Corpus;
import org.levin.faults.ChildProgram;
import org.levin.format.FileInUseException;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

/** Of two trainings with one checkpoint the first goes on, and the second is told who has it. */
class OneTrainingAtATimeTest {
  private static final long STEPS = 7;

  @TempDir Path folder;
  private final Corpus corpus = Corpus.of(Texts.ANNA);

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  @Test
  void inOneProcess() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    TrainingListener trainingAgain =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics metrics) {
            assertRefused(checkpoint, "another training of this process");
          }
        };
    FaultyTraining.train(STEPS, 2, checkpoint, corpus, trainingAgain);
    assertEquals(STEPS, Outcome.of(checkpoint).step());
    assertEquals(List.of("checkpoint"), FaultyTraining.names(folder));
  }

  /** The other one is in the middle of its second checkpoint, and is not disturbed by the try. */
  @Test
  void inTwoProcesses() throws Exception {
    Path checkpoint = folder.resolve("checkpoint");
    String place = new KillProgram.Place(2, 9, true).toString();
    try (ChildProgram first =
        ChildProgram.start(
            KillProgram.class, List.of(), checkpoint.toString(), Long.toString(STEPS), place)) {
      first.await("stops at write");
      byte[] before = Files.readAllBytes(checkpoint);
      List<String> names = FaultyTraining.names(folder);
      assertEquals(3, names.size(), names::toString);
      assertRefused(checkpoint, "process " + first.pid());
      assertArrayEquals(before, Files.readAllBytes(checkpoint));
      assertEquals(names, FaultyTraining.names(folder));
      first.goOn();
      first.awaitEnd();
    }
    assertEquals(STEPS, Outcome.of(checkpoint).step());
    assertEquals(List.of("checkpoint"), FaultyTraining.names(folder));
  }

  private void assertRefused(Path checkpoint, String owner) {
    UncheckedIOException refused =
        assertThrows(
            UncheckedIOException.class,
            () -> FaultyTraining.train(STEPS, 2, checkpoint, corpus, TrainingListener.none()));
    FileInUseException cause = assertInstanceOf(FileInUseException.class, refused.getCause());
    assertTrue(cause.getMessage().contains("is being written by " + owner), cause.getMessage());
    assertTrue(cause.getMessage().contains(checkpoint.toString()), cause.getMessage());
  }
}
