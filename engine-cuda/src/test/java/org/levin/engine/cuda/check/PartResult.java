package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.levin.engine.cuda.TestProgram;

/** Runs a part, and returns what is told of it. */
final class PartResult {
  private static final int LAST_LINES = 12;
  private static final int MOST_CHARACTERS = 400;
  private static final double NANOS = 1e9;

  private PartResult() {}

  /**
   * Returns its fields: {@code status}, which is done, failed, timed out or not available, {@code
   * seconds}, {@code results}, and {@code error} where there is one.
   */
  static ObjectNode of(Part part, long seconds) throws InterruptedException {
    ObjectNode told = ResultLine.object();
    long start = System.nanoTime();
    try {
      Child child = Child.run(part.command(), seconds);
      tell(told, child, seconds);
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

  private static void tell(ObjectNode told, Child child, long seconds) {
    ArrayNode results = told.putArray("results");
    child.lines().stream().flatMap(line -> ResultLine.read(line).stream()).forEach(results::add);
    List<String> tests =
        child.lines().stream().filter(line -> line.startsWith(TestProgram.MARK)).toList();
    if (!tests.isEmpty()) {
      results.add(tests(tests));
    }
    JsonNode reason = results.path(0).path(ResultLine.NOT_AVAILABLE);
    if (child.timedOut()) {
      told.put("status", "timed out").put("error", "it was ended after %d s".formatted(seconds));
    } else if (child.exit() != 0) {
      told.put("status", "failed").put("error", tail(child.lines()));
    } else if (reason.isTextual()) {
      told.put("status", "not available").put("error", reason.textValue());
    } else {
      told.put("status", "done");
    }
  }

  private static String tail(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static ObjectNode tests(List<String> lines) {
    ObjectNode result = ResultLine.object().put("run", lines.size());
    ArrayNode failures = result.putArray("failures");
    for (String line : lines) {
      String[] fields = line.substring(TestProgram.MARK.length()).split("\t", -1);
      String trace = new String(Base64.getDecoder().decode(fields[1]), StandardCharsets.UTF_8);
      if (!trace.isEmpty()) {
        String start = trace.substring(0, Math.min(trace.length(), MOST_CHARACTERS));
        failures.addObject().put("test", fields[0]).put("failure", start);
      }
    }
    return result.put("failed", failures.size());
  }
}
