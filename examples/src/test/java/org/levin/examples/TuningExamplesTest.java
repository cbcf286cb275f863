package org.levin.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.tuning.journal.StudyRecord;

/** The examples that search. */
class TuningExamplesTest {
  @TempDir private Path folder;

  private final PrintStream standard = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(standard);
  }

  @Test
  void findsOptionsAndTrainsThemForLonger() throws IOException {
    Path text =
        Files.writeString(
            folder.resolve("text.txt"),
            "It was the best of times, it was the worst.\n".repeat(400));
    Path study = folder.resolve("study.jsonl");
    Path model = folder.resolve("model.safetensors");
    TuneHyperparameters.main(new String[] {text.toString(), study.toString(), model.toString()});
    assertEquals(20, StudyRecord.read(study).trials().size());
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("hiddenSize="), out::toString);
    try (SequenceModel found = SequenceModel.load(model)) {
      assertTrue(found.parameters().count() <= 100_000);
    }
  }

  @Test
  void asksAndTellsUntilTheBestIsFound() {
    AskAndTell.main(new String[0]);
    String best = out.toString(StandardCharsets.UTF_8);
    assertTrue(best.contains("depth=3"), best);
  }
}
