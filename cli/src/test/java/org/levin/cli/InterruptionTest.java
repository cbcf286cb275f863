package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.levin.cli.Texts.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;

/** Windows knows neither signal. */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** In a mask of signals, whose first bit is signal 1. */
  private static final long SIGINT = 1L << 1;

  @TempDir Path folder;

  @Test
  void controlCKeepsTheModelSoFar() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no kill here");
    assumeFalse(isIgnored(), "SIGINT is ignored, as in the background of a shell");
    assertKeepsTheModelSoFar(
        process ->
            new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor());
  }

  /** Who is started where the signal is ignored ignores it too, and so do all that it starts. */
  private static boolean isIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(signals -> (signals & SIGINT) != 0);
  }

  @Test
  void terminationKeepsTheModelSoFar() throws Exception {
    assertKeepsTheModelSoFar(process -> process.toHandle().destroy());
  }

  private void assertKeepsTheModelSoFar(Signal signal) throws Exception {
    Path text = Texts.write(folder.resolve("text.txt"), 40);
    Path model = folder.resolve("model.safetensors");
    Path metrics = folder.resolve("metrics.jsonl");
    ChildJvm jvm = ChildJvm.in(folder);
    Process process =
        jvm.start(
            training("--text", text, "--epochs", 100_000, "--model", model, "--metrics", metrics));
    awaitFirstStep(process, metrics);
    signal.sendTo(process);
    Outcome outcome = jvm.await(process);
    assertEquals(130, outcome.code(), outcome::toString);
    assertEquals("", outcome.out());
    long steps =
        Files.readAllLines(metrics).stream().filter(line -> line.contains("\"step\",")).count();
    assertEquals(
        "interrupted after step %d; the model so far is in %s; go on with: ./levin train --resume %s --model %s"
            .formatted(steps, model, model, model),
        outcome.err().lines().toList().getLast());
    try (SequenceModel loaded = SequenceModel.load(model)) {
      assertTrue(loaded.provenance().toString().contains("steps=" + steps), "every step counts");
      assertTrue(loaded.score("Alle").natsPerToken() > 0);
    }
  }

  private static void awaitFirstStep(Process process, Path metrics)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!Files.exists(metrics) || Files.size(metrics) == 0) {
      assertTrue(process.isAlive(), "the command ended by itself");
      assertTrue(Instant.now().isBefore(deadline), "no step was made");
      Thread.sleep(20);
    }
  }

  @FunctionalInterface
  private interface Signal {
    void sendTo(Process process) throws IOException, InterruptedException;
  }
}
