package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the engine does what is promised.
 *
 * @param failures what it does not, each a sentence
 */
record Verdict(List<String> failures) {
  /** The most that the validation losses of both engines may differ, in nats. */
  static final double AGREEMENT = 0.01;

  /** Looks at the results of a check. */
  static Verdict of(Results results) {
    List<String> failures = new ArrayList<>();
    addTests(results, failures);
    addAgreement(results, failures);
    addRepeatability(results, failures);
    return new Verdict(List.copyOf(failures));
  }

  boolean passed() {
    return failures.isEmpty();
  }

  private static void addTests(Results results, List<String> failures) {
    results
        .all(PartName.TESTS)
        .forEach(
            (key, part) -> {
              JsonNode counts = part.path("results").path(0);
              String status = part.path("status").asText();
              if (!status.equals("done") && !status.equals("not run")) {
                failures.add("%s: %s".formatted(key, status));
              } else if (counts.path("failed").asInt() > 0) {
                failures.add("%s: %d failed".formatted(key, counts.path("failed").asInt()));
              }
            });
    boolean anyRan =
        results.all(PartName.TESTS).values().stream()
            .anyMatch(part -> part.path("results").path(0).path("run").asInt() > 0);
    if (!anyRan) {
      failures.add("tests: not one ran");
    }
  }

  private static void addAgreement(Results results, List<String> failures) {
    JsonNode cpu = results.first(PartName.TRAINING_CPU).path("validationLoss");
    JsonNode cuda = results.first(PartName.TRAINING).path("validationLoss");
    if (!cpu.isNumber() || !cuda.isNumber()) {
      failures.add("agreement with the CPU engine: not measured");
    } else if (!(Math.abs(cuda.asDouble() - cpu.asDouble()) <= AGREEMENT)) {
      failures.add(
          String.format(
              Locale.ROOT,
              "agreement with the CPU engine: validation losses differ by %.4f nats",
              cuda.asDouble() - cpu.asDouble()));
    }
  }

  private static void addRepeatability(Results results, List<String> failures) {
    JsonNode once = results.first(PartName.TRAINING).path("parametersDigest");
    JsonNode again = results.first(PartName.TRAINING_AGAIN).path("parametersDigest");
    if (!once.isTextual() || !again.isTextual()) {
      failures.add("repeatability: not measured");
    } else if (!once.equals(again)) {
      failures.add("repeatability: the same training gave other parameters");
    }
  }
}
