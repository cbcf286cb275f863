package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the trainings. */
final class TrainingTables {
  private static final List<PartName> TRAININGS =
      List.of(PartName.TRAINING_CPU, PartName.TRAINING, PartName.TRAINING_AGAIN);
  private static final int DIGITS = 12;

  private final Results results;
  private final StringBuilder text;

  TrainingTables(Results results, StringBuilder text) {
    this.results = results;
    this.text = text;
  }

  /** Leaves out what was not asked for. */
  void add() {
    if (TRAININGS.stream().anyMatch(name -> !results.all(name).isEmpty())) {
      addTrainings();
    }
    if (!results.all(PartName.TEXT).isEmpty()) {
      addText();
    }
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void addTrainings() {
    JsonNode cpu = results.first(PartName.TRAINING_CPU);
    line("\n## The same training on both engines\n");
    line("An epoch of %,d characters.\n", cpu.path("characters").asLong());
    line(
        "| training | validation loss, nats | less the CPU's | parameters' digest | characters/s |");
    line("|---|---|---|---|---|");
    for (PartName name : TRAININGS) {
      for (Map.Entry<String, JsonNode> part : results.all(name).entrySet()) {
        JsonNode result = part.getValue().path("results").path(0);
        if (!result.has("validationLoss")) {
          line("| %s | %s | | | |", part.getKey(), end(part.getValue()));
          continue;
        }
        double loss = result.path("validationLoss").asDouble();
        line(
            "| %s | %.6f | %+.6f | `%s` | %,.0f |",
            part.getKey(),
            loss,
            loss - cpu.path("validationLoss").asDouble(),
            start(result.path("parametersDigest").asText()),
            result.path("charactersPerSecond").asDouble());
      }
    }
    line(
        "\nAims: a difference of at most %.2f nats; equal digests of both trainings.",
        Verdict.AGREEMENT);
  }

  private static String start(String digest) {
    return digest.substring(0, Math.min(digest.length(), DIGITS));
  }

  private static String end(JsonNode part) {
    JsonNode result = part.path("results").path(0);
    return result.has("stopped")
        ? "stopped in time, after %d steps".formatted(result.path("steps").asLong())
        : part.path("status").asText();
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
}
