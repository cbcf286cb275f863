package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;
import static org.levin.cli.Texts.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;

class TrainCommandTest {
  @TempDir Path folder;
  private Path text;
  private Path model;

  @BeforeEach
  void aText() throws IOException {
    text = Texts.write(folder.resolve("text.txt"), 40);
    model = folder.resolve("model.safetensors");
  }

  @Test
  void endsWithASampleTheLossInBothUnitsAndTheNextCommand() {
    Outcome outcome = levin(training("--text", text, "--model", model, "--steps", 5)).succeeded();
    List<String> lines = outcome.out().lines().toList();
    String loss = lines.get(lines.size() - 3);
    var numbers =
        java.util.regex.Pattern.compile(
                "validation loss (\\d\\.\\d{4}) nats per character \\((\\d\\.\\d{4}) bits\\)")
            .matcher(loss);
    assertTrue(numbers.matches(), loss);
    double nats = Double.parseDouble(numbers.group(1));
    assertEquals(nats / Math.log(2), Double.parseDouble(numbers.group(2)), 2e-4);
    assertEquals("model written to " + model, lines.get(lines.size() - 2));
    assertEquals(
        "next: ./levin sample --model " + model + " --length 500 --top-k 5", lines.getLast());
    assertTrue(outcome.out().codePointCount(0, outcome.out().indexOf("validation")) > 300);
  }

  @Test
  void takesSeveralTextsOneAfterTheOther() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "0123456789");
    levin(training("--text", text, other, "--model", model, "--steps", 1)).succeeded();
    Path again = folder.resolve("again.safetensors");
    levin(training("--text", text, "--text", other, "--model", again, "--steps", 1)).succeeded();
    try (SequenceModel trained = SequenceModel.load(model)) {
      assertArrayEquals(new int[] {0}, trained.vocabulary().encode("\n"));
      assertEquals(10, trained.vocabulary().encode("0123456789").length);
      assertTrue(trained.provenance().toString().contains("other.txt"));
    }
    assertEquals(parameters(model), parameters(again));
  }

  @Test
  void aCorpusGivesTheModelOfItsText() throws IOException {
    Path corpus = folder.resolve("corpus.arrow");
    Path ofCorpus = folder.resolve("of-corpus.safetensors");
    levin("encode", "--text", text, "--output", corpus).succeeded();
    levin(training("--corpus", corpus, "--model", ofCorpus, "--steps", 5)).succeeded();
    levin(training("--text", text, "--model", model, "--steps", 5)).succeeded();
    assertEquals(parameters(model), parameters(ofCorpus));
  }

  @Test
  void theSeedDecidesTheModel() throws IOException {
    Path other = folder.resolve("other.safetensors");
    levin(training("--text", text, "--model", model, "--steps", 2, "--seed", 7)).succeeded();
    levin(training("--text", text, "--model", other, "--steps", 2, "--seed", 8)).succeeded();
    assertFalse(parameters(model).equals(parameters(other)));
    levin(training("--text", text, "--model", other, "--steps", 2, "--seed", 7)).succeeded();
    assertEquals(parameters(model), parameters(other));
  }

  @Test
  void writesALineOfMetricsForEachStepAndValidation() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    levin(
            training(
                "--text",
                text,
                "--model",
                model,
                "--metrics",
                metrics,
                "--steps",
                7,
                "--validate-every",
                3))
        .succeeded();
    List<JsonNode> lines = jsonLines(metrics);
    List<String> events = new ArrayList<>();
    for (JsonNode line : lines) {
      boolean step = line.get("event").textValue().equals("step");
      assertEquals(
          step
              ? Set.of(
                  "event",
                  "step",
                  "epoch",
                  "loss",
                  "gradientNorm",
                  "learningRate",
                  "tokensPerSecond")
              : Set.of("event", "step", "epoch", "loss"),
          names(line));
      assertEquals(1, line.get("epoch").longValue());
      // The network knows nothing yet: it is about as good as guessing among all symbols.
      assertEquals(Math.log(symbols()), line.get("loss").doubleValue(), 0.5);
      assertTrue(line.get("loss").asText().length() > 12, "full precision");
      if (step) {
        assertTrue(line.get("gradientNorm").doubleValue() > 0);
        assertTrue(line.get("tokensPerSecond").doubleValue() > 0);
        assertEquals(1e-3, line.get("learningRate").doubleValue());
      }
      events.add(line.get("event").textValue() + line.get("step"));
    }
    assertEquals(
        List.of(
            "step1",
            "step2",
            "step3",
            "validation3",
            "step4",
            "step5",
            "step6",
            "validation6",
            "step7",
            "validation7"),
        events);
  }

  @Test
  void endsWithTheEpochsWhereTheyAreShorter() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    levin(
            training(
                "--text",
                text,
                "--model",
                model,
                "--metrics",
                metrics,
                "--epochs",
                2,
                "--steps",
                100_000))
        .succeeded();
    long perEpoch;
    try (Corpus corpus = Corpus.of(text)) {
      perEpoch = corpus.split(0.1).training().size() / (4 * 8);
    }
    List<JsonNode> lines = jsonLines(metrics);
    assertEquals(2 * perEpoch, lines.getLast().get("step").longValue());
    assertEquals(2, lines.getLast().get("epoch").longValue());
    assertEquals(
        List.of(perEpoch, 2 * perEpoch),
        lines.stream()
            .filter(line -> line.get("event").textValue().equals("validation"))
            .map(line -> line.get("step").longValue())
            .toList());
  }

  @Test
  void patienceEndsATrainingThatDoesNotImproveAndKeepsTheBestModel() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    // So high a rate throws the parameters about: the validation loss soon rises.
    levin(
            training(
                "--text",
                text,
                "--model",
                model,
                "--metrics",
                metrics,
                "--learning-rate",
                1,
                "--validate-every",
                1,
                "--patience",
                3,
                "--steps",
                500,
                "--validation",
                0.2))
        .succeeded();
    List<Double> losses =
        jsonLines(metrics).stream()
            .filter(line -> line.get("event").textValue().equals("validation"))
            .map(line -> line.get("loss").doubleValue())
            .toList();
    assertTrue(losses.size() < 500, "patience ended it: " + losses.size());
    int best = losses.size() - 4;
    assertTrue(
        losses.stream().allMatch(loss -> loss >= losses.get(best)),
        () -> "the best is followed by three that are not better: " + losses);
    try (SequenceModel kept = SequenceModel.load(model)) {
      assertTrue(kept.provenance().toString().contains("steps=" + (best + 1)));
    }
  }

  @Test
  void quietSaysNothing() {
    Outcome outcome =
        levin(training("--text", text, "--model", model, "--steps", 2, "--quiet")).succeeded();
    assertEquals("", outcome.err());
  }

  @Test
  void otherwiseSaysWhatItIsAboutToDoAndEachValidation() {
    Outcome outcome = levin(training("--text", text, "--model", model, "--steps", 2)).succeeded();
    List<String> lines = outcome.err().lines().toList();
    assertTrue(lines.getFirst().endsWith("2 steps on engine cpu"), lines::toString);
    assertTrue(lines.getLast().startsWith("step 2/2  epoch 1  validation loss "), lines::toString);
  }

  @Test
  void aTrainingThatDivergesLeavesTheModelThatWasThere() throws IOException {
    levin(training("--text", text, "--model", model, "--steps", 1)).succeeded();
    byte[] before = Files.readAllBytes(model);
    levin(training("--text", text, "--model", model, "--learning-rate", 1e38))
        .failed("diverged at step", "lower learning rate");
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void aModelTooLargeForTheHeapIsAClearFailure() throws IOException {
    Files.writeString(model, "precious");
    levin(
            "train",
            "--text",
            text,
            "--model",
            model,
            "--layers",
            1,
            "--hidden",
            21_000,
            "--batch",
            1,
            "--sequence",
            8)
        .failed("memory", "--hidden", "-Xmx");
    assertEquals("precious", Files.readString(model));
  }

  private int symbols() {
    return (int) Texts.of(1).codePoints().distinct().count();
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> jsonLines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static String parameters(Path model) throws IOException {
    return levin("info", "--model", model, "--json").json().get("parametersSha256").textValue();
  }
}
