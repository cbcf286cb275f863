package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as a page of Markdown. */
final class Page {
  private static final double GIBIBYTE = 1L << 30;
  private static final double CUDA_VERSION = 1000;
  private static final int DIGITS = 12;

  private final JsonNode json;
  private final Results results;
  private final Verdict verdict;
  private final StringBuilder text = new StringBuilder();

  Page(JsonNode json, Results results, Verdict verdict) {
    this.json = json;
    this.results = results;
    this.verdict = verdict;
  }

  String text() {
    text.setLength(0);
    addMachine();
    addTests();
    addTrainings();
    addText();
    new AimTable(results, text).add();
    new SpeedTables(results, text).add();
    addRest();
    return text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void addMachine() {
    JsonNode device = results.first(PartName.DEVICE);
    String name = device.path("name").asText("no device");
    boolean emulated = name.equals("cpu-emulation");
    line("# The CUDA engine on %s", emulated ? name + ": speeds mean nothing" : name);
    line("");
    if (emulated) {
      line("The kernels ran on the CPU, in an emulation. What is said of speed says nothing.\n");
    }
    if (json.path("tiny").asBoolean()) {
      line("Sizes are tiny: this page shows only that everything works.\n");
    }
    line("Written by `engine-cuda/gpu-check`, commit %s, %s.\n", value("commit"), value("date"));
    line("| | |");
    line("|---|---|");
    line(
        "| device | %s, compute capability %s, %.1f GiB, %d multiprocessors, CUDA %.1f |",
        name,
        device.path("capability").asText(),
        device.path("memoryBytes").asDouble() / GIBIBYTE,
        device.path("multiprocessors").asInt(),
        device.path("cudaVersion").asInt() / CUDA_VERSION);
    line("| driver | %s |", device.path("driver").asText());
    line("| engine | %s |", device.path("engineVersion").asText());
    line(
        "| host | %s processors, %s, Java %s |",
        value("processors"), value("system"), value("java"));
    line("| text | %s |", value("text"));
    line("| all took | %.0f s |", json.path("seconds").asDouble());
    line("");
    line("**%s**", verdict.passed() ? "Everything that is promised holds." : "Not all holds:");
    if (!verdict.passed()) {
      line("");
      verdict.failures().forEach(failure -> line("- %s", failure));
    }
  }

  private String value(String field) {
    return json.path(field).asText();
  }

  private void addTests() {
    line("\n## Contract and agreement\n");
    line("| tests | run | failed | |");
    line("|---|---|---|---|");
    for (Map.Entry<String, JsonNode> part : results.all(PartName.TESTS).entrySet()) {
      JsonNode counts = part.getValue().path("results").path(0);
      line(
          "| %s | %d | %d | %s |",
          part.getKey(),
          counts.path("run").asInt(),
          counts.path("failed").asInt(),
          part.getValue().path("status").asText());
    }
    for (JsonNode part : results.all(PartName.TESTS).values()) {
      part.path("results")
          .path(0)
          .path("failures")
          .forEach(failure -> line("\n- failed: %s", failure.path("test").asText()));
    }
  }

  private void addTrainings() {
    JsonNode cpu = results.first(PartName.TRAINING_CPU);
    line("\n## The same training on both engines\n");
    line("An epoch of %,d characters.\n", cpu.path("characters").asLong());
    line(
        "| training | validation loss, nats | less the CPU's | parameters' digest | characters/s |");
    line("|---|---|---|---|---|");
    for (PartName name :
        List.of(PartName.TRAINING_CPU, PartName.TRAINING, PartName.TRAINING_AGAIN)) {
      for (Map.Entry<String, JsonNode> part : results.all(name).entrySet()) {
        JsonNode result = part.getValue().path("results").path(0);
        if (!result.has("validationLoss")) {
          line("| %s | %s | | | |", part.getKey(), part.getValue().path("status").asText());
          continue;
        }
        double loss = result.path("validationLoss").asDouble();
        line(
            "| %s | %.6f | %+.6f | `%s` | %,.0f |",
            part.getKey(),
            loss,
            loss - cpu.path("validationLoss").asDouble(),
            result.path("parametersDigest").asText().substring(0, DIGITS),
            result.path("charactersPerSecond").asDouble());
      }
    }
    line(
        "\nAims: a difference of at most %.2f nats; equal digests of both trainings.",
        Verdict.AGREEMENT);
  }

  private void addText() {
    JsonNode result = results.first(PartName.TEXT);
    line("\n## A training on the text\n");
    if (result.has("steps")) {
      line(
          "%,d steps in %.1f s: training loss %.4f, validation loss %s nats, %,.0f characters/s.",
          result.path("steps").asLong(),
          result.path("trainingSeconds").asDouble(),
          result.path("trainingLoss").asDouble(),
          result.has("validationLoss")
              ? String.format(Locale.ROOT, "%.4f", result.path("validationLoss").asDouble())
              : "(not reached)",
          result.path("charactersPerSecond").asDouble());
    } else {
      line("Not measured.");
    }
  }

  private void addRest() {
    boolean first = true;
    for (Map.Entry<String, JsonNode> part : json.path("parts").properties()) {
      if (!part.getValue().path("status").asText().equals("done")) {
        if (first) {
          line("\n## What was not done\n");
          first = false;
        }
        line(
            "- %s: %s; %s",
            part.getKey(),
            part.getValue().path("status").asText(),
            part.getValue().path("error").asText().replaceAll("\\s+", " "));
      }
    }
  }
}
