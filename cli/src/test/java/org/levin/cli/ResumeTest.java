package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.model.LstmArchitecture;
import org.levin.training.Cancellation;
import org.levin.training.Checkpointing;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

/** {@code levin train --checkpoint} and {@code --resume}. */
class ResumeTest {
  @TempDir Path folder;
  private Path text;
  private Path checkpoint;
  private Path model;
  private Path metrics;

  @BeforeEach
  void name() throws IOException {
    text = Texts.write(folder.resolve("text.txt"), 40);
    checkpoint = folder.resolve("checkpoint");
    model = folder.resolve("model.safetensors");
    metrics = folder.resolve("metrics.jsonl");
  }

  private Object[] training(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", "--text", text, "--model", model, "--hidden", 8, "--batch", 2));
    arguments.addAll(List.of("--sequence", 10, "--epochs", 2, "--validate-every", 7, "--quiet"));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  @Test
  void goesOnToTheSameModelAndTheSameMetrics() throws IOException {
    levin(training("--metrics", metrics)).succeeded();
    String expected = digest(model);
    List<String> measured = measured();
    interruptAfter(9);
    Files.writeString(metrics, "{\"event\":\"st", StandardOpenOption.APPEND);
    levin("train", "--resume", checkpoint, "--model", model, "--metrics", metrics, "--quiet")
        .succeeded();
    assertEquals(expected, digest(model));
    assertEquals(measured, measured());
  }

  /** Begins the same training through the library. */
  private void interruptAfter(long last) throws IOException {
    Cancellation cancellation = new Cancellation();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics step) {
            if (step.step() == last) {
              cancellation.cancel();
            }
          }
        };
    try (Corpus corpus = Corpus.of(text)) {
      Trainer.builder()
          .architecture(LstmArchitecture.of(2, 8))
          .batchSize(2)
          .sequenceLength(10)
          .epochs(2)
          .validateEvery(7)
          .build()
          .checkpointing(Checkpointing.to(checkpoint))
          .train(corpus, listener, cancellation);
    }
  }

  @Test
  void findsTheTextWhereItWasOrBesideTheCheckpoint() throws IOException {
    levin(training("--steps", 5, "--checkpoint", checkpoint)).succeeded();
    levin("train", "--resume", checkpoint, "--model", model, "--quiet").succeeded();
    Path moved = Files.createDirectories(folder.resolve("moved"));
    Files.move(text, moved.resolve("text.txt"));
    levin("train", "--resume", checkpoint, "--model", model, "--quiet")
        .failed(text, "the text is no longer there; say where it is with --text");
    levin("train", "--resume", checkpoint, "--text", moved.resolve("text.txt"), "--model", model)
        .succeeded();
    Files.move(checkpoint, moved.resolve("checkpoint"));
    levin("train", "--resume", moved.resolve("checkpoint"), "--model", model, "--quiet")
        .succeeded();
  }

  @Test
  void goesOnWithACorpusFile() {
    Path corpus = folder.resolve("corpus.arrow");
    levin("encode", "--text", text, "--output", corpus).succeeded();
    levin(training("--steps", 5, "--checkpoint", checkpoint)).succeeded();
    levin("train", "--resume", checkpoint, "--corpus", corpus, "--model", model).succeeded();
  }

  @Test
  void namesAnotherText() throws IOException {
    levin(training("--steps", 5, "--checkpoint", checkpoint)).succeeded();
    Path other = folder.resolve("other.txt");
    Files.writeString(other, Files.readString(text).replace('a', '\u00e4'));
    levin("train", "--resume", checkpoint, "--text", other, "--model", model)
        .failed(checkpoint, "another corpus", other, text, "SHA-256");
    Files.writeString(text, Files.readString(text) + "x");
    levin("train", "--resume", checkpoint, "--model", model).failed("another corpus", "SHA-256");
  }

  @Test
  void takesRepeatedOptionsAndNamesThoseThatContradict() {
    levin(training("--steps", 5, "--checkpoint", checkpoint)).succeeded();
    levin(training("--steps", 5, "--resume", checkpoint, "--threads", 1, "--engine", "cpu"))
        .succeeded();
    levin("train", "--resume", checkpoint, "--hidden", 9).misused("--hidden is 9", "with 8");
    levin("train", "--resume", checkpoint, "--seed", 9).misused("--seed is 9", "with 42");
    levin("train", "--resume", checkpoint, "--patience", 1).misused("--patience", "without it");
    levin("train", "--resume", model).failed("is no checkpoint");
    levin("train", "--resume", folder.resolve("none")).failed("no such file");
    levin("train", "--checkpoint-every", 5).misused("--checkpoint-every needs a file");
    for (String wrong : List.of("0", "5x", "-1", "m", "99999999999999999h")) {
      levin(training("--checkpoint", checkpoint, "--checkpoint-every=" + wrong))
          .misused("--checkpoint-every");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void twoProcessesDoNotWriteOneCheckpoint() throws Exception {
    ChildJvm jvm = ChildJvm.in(folder);
    Process first =
        jvm.start(
            Texts.training(
                "--text",
                text,
                "--epochs",
                1_000_000,
                "--checkpoint",
                checkpoint,
                "--checkpoint-every",
                5));
    try {
      awaitFile(first);
      levin(training("--checkpoint", checkpoint))
          .failed(checkpoint, "is being written by process " + first.pid());
      levin("train", "--resume", checkpoint).failed("is being written by process " + first.pid());
    } finally {
      first.destroyForcibly().waitFor();
    }
    Outcome resumed = levin("train", "--resume", checkpoint, "--steps", 7);
    resumed.misused("--steps is 7, but", "was begun without it");
    assertTrue(Files.exists(folder.resolve("checkpoint.lock")), "what a killed process leaves");
    Outcome anew = levin(training("--checkpoint", checkpoint)).succeeded();
    assertTrue(anew.err().contains("go on from it with --resume " + checkpoint), anew::err);
    assertTrue(Files.notExists(folder.resolve("checkpoint.lock")), "is no hindrance, and goes");
  }

  private void awaitFile(Process process) throws InterruptedException {
    while (!Files.exists(checkpoint)) {
      assertTrue(process.isAlive(), "the command ended by itself");
      Thread.sleep(20);
    }
  }

  private static String digest(Path model) throws IOException {
    return levin("info", "--model", model, "--json").json().get("parametersSha256").textValue();
  }

  private List<String> measured() throws IOException {
    return Files.readAllLines(metrics).stream()
        .map(line -> line.replaceFirst(",\"tokensPerSecond.*", ""))
        .toList();
  }
}
