package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as a page of Markdown. */
final class Page {
  private static final double GIBIBYTE = 1L << 30;
  private static final double CUDA_VERSION = 1000;

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
    addVerdict();
    new TestTables(results, text).add();
    new TrainingTables(results, text).add();
    new AimTable(results, text).add();
    new SpeedTables(results, text).add();
    addRest();
    return text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void addMachine() {
    JsonNode device = results.fields(PartName.DEVICE);
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
    line("| engine | %s |", engine(device));
    line(
        "| host | %s processors, %s, Java %s |",
        value("processors"), value("system"), value("java"));
    line("| text | %s |", value("text"));
    line("| all took | %.0f s |", json.path("seconds").asDouble());
  }

  private static String engine(JsonNode device) {
    if (device.has("engineError")) {
      return "cannot be opened: " + Reason.of(device.path("engineError").asText());
    }
    return String.format(
        Locale.ROOT,
        "%s; opened in %.1f s, then in %.2f s",
        device.path("engineVersion").asText(),
        device.path("openSeconds").asDouble(),
        device.path("openAgainSeconds").asDouble());
  }

  private void addVerdict() {
    if (!json.path("asked").isEmpty()) {
      List<String> asked = json.path("asked").valueStream().map(JsonNode::asText).toList();
      line("\nOnly these parts were asked for: %s.", String.join(", ", asked));
    }
    if (verdict.passed()) {
      line("\n**%s**", good());
      return;
    }
    line("\n**%s**", verdict.failures().isEmpty() ? "What was checked holds." : "Not all holds:");
    line("");
    verdict.failures().forEach(failure -> line("- %s", failure));
    verdict.unchecked().forEach(what -> line("- not checked, for lack of time: %s", what));
  }

  private String good() {
    if (json.path("asked").isEmpty()) {
      return "Everything that is promised holds.";
    }
    return results.all(PartName.TESTS).isEmpty() && results.all(PartName.TRAINING).isEmpty()
        ? "Nothing that is promised was asked for."
        : "What was asked for, of what is promised, holds.";
  }

  private String value(String field) {
    return json.path(field).asText();
  }

  private void addRest() {
    List<String> rest = new ArrayList<>();
    json.path("parts")
        .properties()
        .forEach(
            part -> {
              rest.addAll(undone(part.getKey(), part.getValue()));
              rest.addAll(unreadable(part.getKey(), part.getValue()));
            });
    if (!rest.isEmpty()) {
      line("\n## What was not done\n");
      rest.forEach(what -> line("- %s", what));
      line("\nAll that was printed is in `gpu-check.log`.");
    }
  }

  private static List<String> undone(String key, JsonNode part) {
    String status = part.path("status").asText();
    return status.equals("done")
        ? List.of()
        : List.of("%s: %s; %s".formatted(key, status, Reason.of(part.path("error").asText())));
  }

  private static List<String> unreadable(String key, JsonNode part) {
    JsonNode lines = part.path("unreadable");
    return lines.isEmpty()
        ? List.of()
        : List.of(
            "%s: %d lines of its results cannot be read; the first: `%s`"
                .formatted(key, lines.size(), Reason.of(lines.path(0).asText())));
  }
}
