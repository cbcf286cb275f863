package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The tables of speeds. */
final class SpeedTables {
  private static final double PERCENT = 100;

  private final Results results;
  private final StringBuilder text;

  SpeedTables(Results results, StringBuilder text) {
    this.results = results;
    this.text = text;
  }

  void add() {
    addSpeeds();
    results.all(PartName.KERNELS).forEach(this::addKernels);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** A row for each task and shape, a column for each way to compute. */
  private void addSpeeds() {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    Set<String> columns = new LinkedHashSet<>();
    results
        .settings(PartName.SPEED)
        .forEach(
            (setting, part) -> {
              for (JsonNode result : part.path("results")) {
                columns.add(setting.toString());
                put(rows, setting.toString(), result);
              }
            });
    for (JsonNode result : results.every(PartName.TORCH)) {
      if (result.has("task")) {
        String column =
            "torch.nn.LSTM, %s, %s"
                .formatted(result.path("precision").asText(), result.path("reading").asText());
        columns.add(column);
        put(rows, column, result);
      }
    }
    line("\n## Speed, characters a second\n");
    if (rows.isEmpty()) {
      line("Not measured.");
      return;
    }
    line("| layers × units × batch × sequence | %s |", String.join(" | ", columns));
    line("|---|%s", "---|".repeat(columns.size()));
    rows.forEach(
        (row, cells) ->
            line(
                "| %s | %s |",
                row,
                String.join(
                    " | ",
                    columns.stream().map(column -> cells.getOrDefault(column, "–")).toList())));
  }

  private static void put(Map<String, Map<String, String>> rows, String column, JsonNode result) {
    if (!result.has("task")) {
      return;
    }
    String row = result.path("task").asText() + " " + result.path("shape").asText();
    String cell =
        result.has("charactersPerSecond")
            ? String.format(Locale.ROOT, "%,.0f", result.path("charactersPerSecond").asDouble())
            : "failed";
    rows.computeIfAbsent(row, key -> new TreeMap<>()).put(column, cell);
  }

  private void addKernels(String key, JsonNode part) {
    line("\n## Time by kernel: %s\n", key);
    if (part.path("results").isEmpty()) {
      line("Not measured: %s.", part.path("status").asText());
    }
    for (JsonNode result : part.path("results")) {
      if (result.has("millisecondsPerStep")) {
        addTask(result);
      } else if (result.has("kernel")) {
        addKernel(result);
      }
    }
  }

  private void addTask(JsonNode whole) {
    boolean writes = whole.path("task").asText().equals("write");
    line(
        "%s of %s, launch by launch, without graphs: %.3f ms on the device. From each launch the %.1f µs of an"
            + " empty pair of events are taken off. It was measured in pieces, %d a step.\n",
        writes ? "\nA character that is written" : "A training step",
        whole.path("shape").asText(),
        whole.path("millisecondsPerStep").asDouble(),
        whole.path("emptyPairMicroseconds").asDouble(),
        whole.path("pieces").asInt());
    line("| kernel | launches | ms | share | at least, ms | bound by | of the limit |");
    line("|---|---|---|---|---|---|---|");
  }

  private void addKernel(JsonNode kernel) {
    double milliseconds = kernel.path("milliseconds").asDouble();
    double bound = kernel.path("boundMilliseconds").asDouble();
    boolean known = bound > 0 && milliseconds > 0;
    line(
        "| %s | %d | %.4f | %.1f %% | %s | %s | %s |",
        kernel.path("kernel").asText(),
        kernel.path("launches").asInt(),
        milliseconds,
        PERCENT * kernel.path("share").asDouble(),
        known ? String.format(Locale.ROOT, "%.4f", bound) : "",
        kernel.path("boundBy").asText(),
        known ? String.format(Locale.ROOT, "%.0f %%", PERCENT * bound / milliseconds) : "");
  }
}
