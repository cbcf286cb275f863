package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How many tests ran, and what of them failed. */
final class TestTables {
  private static final int MOST_FAILURES = 20;

  private final Results results;
  private final StringBuilder text;

  TestTables(Results results, StringBuilder text) {
    this.results = results;
    this.text = text;
  }

  void add() {
    line("\n## Contract and agreement\n");
    line("| tests | run | failed | | s |");
    line("|---|---|---|---|---|");
    results.all(PartName.TESTS).forEach(this::addCounts);
    results.all(PartName.TESTS).forEach((key, part) -> addFailures(key, part));
    results.all(PartName.TESTS_AGAIN).forEach(this::addAgain);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static JsonNode counts(JsonNode part) {
    return part.path("results").path(0);
  }

  private void addCounts(String key, JsonNode part) {
    line(
        "| %s | %d | %d | %s | %.0f |",
        key,
        counts(part).path("run").asInt(),
        counts(part).path("failed").asInt(),
        part.path("status").asText(),
        part.path("seconds").asDouble());
  }

  private void addFailures(String key, JsonNode part) {
    JsonNode failures = counts(part).path("failures");
    failures.valueStream().limit(MOST_FAILURES).forEach(failure -> addFailure(key, failure));
    if (failures.size() > MOST_FAILURES) {
      line("\n- %s: and %d more", key, failures.size() - MOST_FAILURES);
    }
    counts(part)
        .path("unfinished")
        .forEach(test -> line("\n- %s, did not end: %s", key, test.path("test").asText()));
  }

  private void addFailure(String key, JsonNode failure) {
    line(
        "\n- %s, failed: %s: %s",
        key, failure.path("test").asText(), Reason.of(failure.path("failure").asText()));
  }

  /** Of each repeated test, what it came to. */
  private void addAgain(String key, JsonNode again) {
    line("\nThe first of each class once more, in a process of its own, launch by launch:");
    for (JsonNode part : again.path("results")) {
      JsonNode counts = counts(part);
      if (counts.path("failed").asInt() > 0 || !counts.path("unfinished").isEmpty()) {
        addFailures(key, part);
      } else {
        line(
            "\n- %s: %s, %d passed", key, part.path("status").asText(), counts.path("run").asInt());
      }
    }
  }
}
