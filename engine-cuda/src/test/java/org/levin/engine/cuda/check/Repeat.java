package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.levin.engine.cuda.TestProgram;

/**
 * Tests that failed, once more, launch by launch: then the driver's error names the kernel that
 * failed and its arguments. Of each class only the first, in a process of its own, since a kernel
 * that fails takes everything after it along.
 */
final class Repeat {
  private static final int MOST_TESTS = 6;
  private static final int ALL_SECONDS = 60;
  private static final Limits LIMITS = new Limits(10, 30, 30);
  private static final Map<String, String> LAUNCH_BY_LAUNCH = Map.of("CUDA_LAUNCH_BLOCKING", "1");

  private final JavaCommand java;
  private final Log log;
  private final Deadline whole;
  private final Deadline own = new Deadline(ALL_SECONDS);

  Repeat(CheckOptions options, Log log, Deadline whole) {
    java = new JavaCommand(options);
    this.log = log;
    this.whole = whole;
  }

  /** Returns the ids of the tests to repeat, by what is told of a part. */
  static List<String> tests(JsonNode result) {
    JsonNode tests = result.path("results").path(0);
    Map<String, String> firsts = new LinkedHashMap<>();
    Stream.of("failures", "unfinished")
        .flatMap(field -> tests.path(field).valueStream())
        .map(test -> test.path("id").asText())
        .filter(id -> !id.isEmpty())
        .forEach(id -> firsts.putIfAbsent(classOf(id), id));
    return firsts.values().stream().limit(MOST_TESTS).toList();
  }

  /** Returns the start of a JUnit id that stands for the class. */
  private static String classOf(String id) {
    return id.replaceFirst("/\\[(method|test-template|test-factory):.*", "");
  }

  /** Returns the part that stands for all repeated tests of this one. */
  Part part(Part failed, List<String> tests) {
    return new Part(
        PartName.TESTS_AGAIN,
        failed.setting(),
        LIMITS,
        java.of(failed.setting(), false, TestProgram.class, tests),
        LAUNCH_BY_LAUNCH);
  }

  /** Runs them, and returns what is told of each, while there is time. */
  ObjectNode run(Part failed, List<String> tests) throws InterruptedException {
    ObjectNode told = ResultLine.object().put("status", "done");
    ArrayNode results = told.putArray("results");
    for (String test : tests) {
      int left = Math.min(whole.left(), own.left());
      if (left < LIMITS.useful()) {
        told.put("status", "cut short").put("error", "no time was left");
        break;
      }
      Part part = part(failed, List.of(test));
      log.begin(part);
      ObjectNode result = PartResult.of(part, left, log::line);
      log.end(result);
      results.add(result);
    }
    return told.put("seconds", own.passed());
  }
}
