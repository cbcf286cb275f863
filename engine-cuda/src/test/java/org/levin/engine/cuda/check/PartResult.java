package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a part, and returns what is told of it. */
final class PartResult {
  private static final int LAST_LINES = 60;
  private static final int MOST_CHARACTERS = 6_000;
  private static final double NANOS = 1e9;

  private PartResult() {}

  /**
   * Returns its fields: {@code status}, which is done, failed, timed out, cut short, hung or not
   * available, {@code seconds}, {@code results}, {@code unreadable}, which are lines that should
   * have been results, and {@code error} where there is one.
   *
   * @param left all seconds that there are
   * @param log is told each line of its output
   */
  static ObjectNode of(Part part, int left, Consumer<String> log) throws InterruptedException {
    ObjectNode told = ResultLine.object();
    long start = System.nanoTime();
    Limits limits = part.limits().within(left);
    try {
      Child.Outcome outcome = Child.run(part.command(), part.environment(), limits, log);
      addResults(told, outcome.lines());
      addStatus(told, outcome, part.limits(), limits);
    } catch (IOException e) {
      told.put("status", "not available").put("error", e.getMessage());
      told.putArray("results");
    }
    return told.put("seconds", (System.nanoTime() - start) / NANOS);
  }

  static ObjectNode notRun(String reason) {
    ObjectNode told = ResultLine.object().put("status", "not run").put("error", reason);
    told.putArray("results");
    return told;
  }

  private static void addResults(ObjectNode told, List<String> lines) {
    ArrayNode results = told.putArray("results");
    lines.stream().flatMap(line -> ResultLine.read(line).stream()).forEach(results::add);
    List<TestLine> tests = lines.stream().flatMap(line -> TestLine.read(line).stream()).toList();
    if (!tests.isEmpty()) {
      results.add(tests(tests));
    }
    List<String> unreadable =
        lines.stream()
            .filter(line -> ResultLine.isOne(line) || TestLine.isOne(line))
            .filter(line -> ResultLine.read(line).isEmpty() && TestLine.read(line).isEmpty())
            .toList();
    if (!unreadable.isEmpty()) {
      unreadable.forEach(told.putArray("unreadable")::add);
    }
  }

  private static void addStatus(
      ObjectNode told, Child.Outcome outcome, Limits usual, Limits limits) {
    JsonNode reason = told.path("results").path(0).path(ResultLine.NOT_AVAILABLE);
    switch (outcome.end()) {
      case SILENT ->
          told.put("status", "hung")
              .put("error", "it was ended after %d s of silence".formatted(limits.silent()));
      case TIMED_OUT ->
          told.put("status", limits.most() < usual.most() ? "cut short" : "timed out")
              .put("error", "it was ended after %d s".formatted(limits.most()));
      case ITS_OWN -> {
        if (outcome.exit() != 0) {
          told.put("status", "failed").put("error", tail(outcome.lines()));
        } else if (reason.isTextual()) {
          told.put("status", "not available").put("error", reason.textValue());
        } else {
          told.put("status", "done");
        }
      }
    }
  }

  private static String tail(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static ObjectNode tests(List<TestLine> lines) {
    ObjectNode result = ResultLine.object();
    ArrayNode failures = result.putArray("failures");
    Map<String, String> unfinished = new LinkedHashMap<>();
    int run = 0;
    for (TestLine line : lines) {
      if (!line.ended()) {
        unfinished.put(line.id(), line.name());
        continue;
      }
      run++;
      unfinished.remove(line.id());
      if (line.failed()) {
        failures
            .addObject()
            .put("test", line.name())
            .put("id", line.id())
            .put("failure", start(line.failure().orElseThrow()));
      }
    }
    ArrayNode open = result.putArray("unfinished");
    unfinished.forEach((id, name) -> open.addObject().put("test", name).put("id", id));
    return result.put("run", run).put("failed", failures.size());
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
  }
}
