package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.format.ModelFile;

class ReproduceCommandTest {
  @TempDir Path folder;
  private Path text;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    model = Texts.model(folder);
    text = folder.resolve("text.txt");
  }

  @Test
  void saysIdenticalAndKeepsTheModelWhereItIsAskedTo() {
    Path again = folder.resolve("again.safetensors");
    Outcome outcome = levin("reproduce", "--model", model, "--output", again).succeeded();
    assertTrue(outcome.out().startsWith("identical: all "), outcome.out());
    assertTrue(outcome.err().contains("5 steps on engine cpu"), outcome.err());
    assertTrue(levin("reproduce", "--model", again).succeeded().out().startsWith("identical"));
    Outcome quiet = levin("reproduce", "--model", model, "--threads", 3, "--quiet").succeeded();
    assertEquals("", quiet.err());
  }

  @Test
  void aByteOfTheTextIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(text);
    bytes[bytes.length / 2] = bytes[bytes.length / 2 + 1];
    Path altered = Files.write(folder.resolve("altered.txt"), bytes);
    levin("reproduce", "--model", model, "--text", altered)
        .failed("another corpus", altered, text, "SHA-256");
    Path original = folder.resolve("original.txt");
    Files.move(text, original);
    levin("reproduce", "--model", model).failed(text, "no longer there", "--text");
    levin("reproduce", "--model", model, "--text", original).succeeded();
    Files.move(altered, text);
    levin("reproduce", "--model", model).failed("another corpus", "SHA-256");
  }

  @Test
  void anAlteredOptionShowsInTheTensors() throws IOException {
    ModelFile content = ModelFile.read(model);
    String forged =
        content.provenance().replace("\"seed\",\"value\":\"42\"", "\"seed\",\"value\":\"43\"");
    new ModelFile(content.parameters(), content.vocabulary(), forged).write(model);
    Outcome outcome = levin("reproduce", "--model", model, "--quiet");
    assertEquals(1, outcome.code());
    assertTrue(outcome.out().startsWith("different"), outcome.out());
    assertTrue(outcome.out().contains("  lstm.weight_hh_l0: "), outcome.out());
    assertTrue(outcome.out().contains("  trained-at: "), outcome.out());
  }

  @Test
  void aModelOfAnotherKindCannotBeReproduced() throws IOException {
    ModelFile content = ModelFile.read(model);
    String foreign = content.provenance().replace("TrainerConfiguration", "ElsesTrainer");
    new ModelFile(content.parameters(), content.vocabulary(), foreign).write(model);
    levin("reproduce", "--model", model).failed("a model that Levin trained", "ElsesTrainer");
  }

  @Test
  void wrongUseIsSaid() {
    levin("reproduce").misused("--model");
    levin("reproduce", "--model", model, "--threads", 0).misused("--threads");
    levin("reproduce", "--model", model, "--engine", "none").misused("none", "cpu");
  }

  @Test
  void aFineTunedModelNeedsTheOneThatItStartedFrom() {
    Path tuned = folder.resolve("tuned.safetensors");
    levin(
            "train",
            "--from",
            model,
            "--text",
            text,
            "--model",
            tuned,
            "--steps",
            3,
            "--batch",
            2,
            "--sequence",
            9)
        .succeeded();
    levin("reproduce", "--model", tuned, "--from", model).succeeded();
    levin("reproduce", "--model", tuned).failed("started from a model", "SHA-256");
  }

  @Test
  void theEmbeddedTextIsFoundByItself() {
    Path own = folder.resolve("own.safetensors");
    levin("train", "--steps", 2, "--hidden", 8, "--model", own, "--quiet").succeeded();
    levin("reproduce", "--model", own, "--quiet").succeeded();
  }
}
