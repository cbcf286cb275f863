package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.engine.contract.Comparisons;

/**
 * What PyTorch trained comes in, scores as there, and is trained on as there. The numbers are
 * libtorch's; {@code org.levin.benchmarks.GoldenFiles} wrote them.
 */
class PyTorchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path text;
  private Path model;
  private JsonNode expected;

  @BeforeEach
  void importTheModel() throws IOException {
    text = resource("text.txt");
    model = folder.resolve("model.safetensors");
    expected = JSON.readTree(Files.readString(resource("expected.json")));
    Outcome outcome =
        levin(
                "import",
                "--weights",
                resource("weights.safetensors"),
                "--vocabulary",
                resource("vocabulary.json"),
                "--model",
                model)
            .succeeded();
    assertEquals(model + ": 2 layers of 23 units, 60 symbols, 13,676 parameters\n", outcome.out());
  }

  @Test
  void everyTokenHasTheProbabilityThatLibtorchGivesIt() throws IOException {
    Outcome outcome =
        levin("score", "--model", model, "--text", text, "--json", "--per-token").succeeded();
    JsonNode actual = JSON.readTree(outcome.out()).get("logProbabilities");
    assertClose("logProbabilities", actual, 1e-5);
  }

  @Test
  void fortyStepsOfTrainingOnFollowLibtorch() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    levin(
            "train",
            "--from",
            model,
            "--text",
            text,
            "--batch",
            expected.get("batch").asText(),
            "--sequence",
            expected.get("sequence").asText(),
            "--learning-rate",
            expected.get("learningRate").asText(),
            "--clip-norm",
            expected.get("clipNorm").asText(),
            "--dropout",
            0,
            "--validation",
            0,
            "--steps",
            40,
            "--metrics",
            metrics,
            "--model",
            folder.resolve("tuned.safetensors"))
        .succeeded();
    List<JsonNode> steps = new ArrayList<>();
    for (String line : Files.readAllLines(metrics)) {
      steps.add(JSON.readTree(line));
    }
    assertEquals(40, steps.size());
    assertEquals(3, steps.getLast().get("epoch").asInt(), "the ends of two epochs are crossed");
    double clip = expected.get("clipNorm").asDouble();
    for (JsonNode norm : expected.get("gradientNorms")) {
      assertTrue(norm.asDouble() > clip, "clipping is active");
    }
    assertClose(
        "losses", JSON.valueToTree(steps.stream().map(step -> step.get("loss")).toList()), 1e-4);
    assertClose(
        "gradientNorms",
        JSON.valueToTree(steps.stream().map(step -> step.get("gradientNorm")).toList()),
        1e-3);
  }

  private void assertClose(String name, JsonNode actual, double tolerance) {
    JsonNode numbers = expected.get(name);
    assertEquals(numbers.size(), actual.size(), name);
    assertTrue(actual.size() >= 40, name);
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(
          numbers.get(i).asDouble(), actual.get(i).asDouble(), tolerance, name + "[" + i + "]");
    }
    Comparisons.golden(numbers.size());
  }

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream stream = PyTorchTest.class.getResourceAsStream("libtorch/" + name)) {
      if (Files.notExists(file)) {
        Files.copy(stream, file);
      }
    }
    return file;
  }
}
