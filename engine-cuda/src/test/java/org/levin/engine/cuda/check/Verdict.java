package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the engine does what is promised, of what was asked for.
 *
 * @param failures what it does not, each a sentence
 * @param unchecked what there was no time to look at
 */
record Verdict(List<String> failures, List<String> unchecked) {
  /** The most that the validation losses of both engines may differ, in nats. */
  static final double AGREEMENT = 0.01;

  /** How a part ends for which time was too short, and which says nothing against the engine. */
  private static final Set<String> LACK_OF_TIME = Set.of("not run", "cut short");

  private static final String AGREEMENT_NAME = "agreement with the CPU engine";
  private static final String REPEATABILITY = "repeatability";

  /** Looks at the results of a check. */
  static Verdict of(Results results) {
    Verdict verdict = new Verdict(new ArrayList<>(), new ArrayList<>());
    verdict.addDevice(results.status(PartName.DEVICE));
    results.all(PartName.TESTS).forEach(verdict::addTests);
    verdict.addAgreement(results);
    verdict.addRepeatability(results);
    return new Verdict(List.copyOf(verdict.failures), List.copyOf(verdict.unchecked));
  }

  /** Returns whether nothing failed, and all was looked at. */
  boolean passed() {
    return failures.isEmpty() && unchecked.isEmpty();
  }

  /** Returns what the process ends with. */
  int status() {
    if (!failures.isEmpty()) {
      return 1;
    }
    return unchecked.isEmpty() ? 0 : 3;
  }

  private void addDevice(String status) {
    if (!Set.of("", "done").contains(status) && !LACK_OF_TIME.contains(status)) {
      failures.add("device: " + status);
    }
  }

  /** Tests say something again and again: those that still do at the end of their time are slow. */
  private void addTests(String key, JsonNode part) {
    JsonNode counts = part.path("results").path(0);
    String status = part.path("status").asText();
    if (counts.path("failed").asInt() > 0) {
      failures.add("%s: %d failed".formatted(key, counts.path("failed").asInt()));
    } else if (LACK_OF_TIME.contains(status) || status.equals("timed out")) {
      unchecked.add(key);
    } else if (!status.equals("done")) {
      failures.add("%s: %s".formatted(key, status));
    } else if (counts.path("run").asInt() == 0) {
      failures.add("%s: not one ran".formatted(key));
    }
  }

  private void addAgreement(Results results) {
    JsonNode cpu = results.first(PartName.TRAINING_CPU).path("validationLoss");
    JsonNode cuda = results.first(PartName.TRAINING).path("validationLoss");
    if (cpu.isMissingNode() || cuda.isMissingNode()) {
      addUnmeasured(AGREEMENT_NAME, results, PartName.TRAINING_CPU, PartName.TRAINING);
      return;
    }
    double difference = number(cuda) - number(cpu);
    if (!(Math.abs(difference) <= AGREEMENT)) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%s: validation losses differ by %.4f nats",
              AGREEMENT_NAME,
              difference));
    }
  }

  /** What is not finite comes as a text. */
  private static double number(JsonNode value) {
    return value.asDouble(Double.NaN);
  }

  private void addRepeatability(Results results) {
    JsonNode once = results.first(PartName.TRAINING).path("parametersDigest");
    JsonNode again = results.first(PartName.TRAINING_AGAIN).path("parametersDigest");
    if (!once.isTextual() || !again.isTextual()) {
      addUnmeasured(REPEATABILITY, results, PartName.TRAINING, PartName.TRAINING_AGAIN);
    } else if (!once.equals(again)) {
      failures.add(REPEATABILITY + ": the same training gave other parameters");
    }
  }

  /** A training that was stopped in time is done, but has come to no end that can be compared. */
  private void addUnmeasured(String what, Results results, PartName one, PartName other) {
    List<String> ends =
        List.of(results.status(one), results.status(other)).stream()
            .filter(status -> !status.equals("done") && !LACK_OF_TIME.contains(status))
            .toList();
    if (ends.isEmpty()) {
      unchecked.add(what);
    } else if (!ends.contains("")) { // what was not asked for is no promise
      failures.add(what + ": not measured");
    }
  }
}
