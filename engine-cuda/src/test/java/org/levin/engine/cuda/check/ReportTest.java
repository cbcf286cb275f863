package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of a check. */
class ReportTest {
  private static final Part TESTS =
      new Part(
          PartName.TESTS,
          Setting.precision("fp32"),
          Limits.of(1),
          List.of("java", "Program"),
          Map.of("A", "b"));

  @TempDir Path folder;

  @Test
  void theReasonIsTheLineThatNamesTheError() {
    assertEquals("", Reason.of(" \n"));
    assertEquals("last", Reason.of("first\nlast\n\n"));
    assertEquals(
        "java.lang.IllegalStateException: no driver",
        Reason.of("WARNING: x\njava.lang.IllegalStateException: no driver\n\tat A.b(A.java:1)"));
    assertEquals(
        "RuntimeError: CUDA error", Reason.of("Traceback\n  File x\nRuntimeError: CUDA error"));
    assertEquals("# SIGSEGV (0xb)", Reason.of("# A fatal error\n#\n#  SIGSEGV (0xb)\n#"));
    assertEquals("a / b", Reason.of("a | b"));
  }

  @Test
  void theLogHasAllThatWasPrintedAndReportsOfCrashes() throws IOException {
    Path crash = folder.resolve("hs_err_123.log");
    try (Log log = new Log(folder)) {
      log.begin(TESTS);
      log.line("tested\tA b()\td2h5\t[id]");
      log.line("tested\tbroken");
      Files.writeString(crash, "SIGSEGV");
      log.end(ResultLine.object().put("status", "failed").put("seconds", 1));
    }
    assertFalse(Files.exists(crash));
    assertEquals(
        "== tests (fp32)\nA=b java Program\nFAILED: A b()\nwhy\ntested\tbroken\nSIGSEGV\n"
            + "== failed, 1.0 s\n\n",
        Files.readString(folder.resolve("gpu-check.log")));
    assertEquals("-XX:ErrorFile=/out/hs_err_%p.log", Log.crashOption(Path.of("/out")));
  }

  @Test
  void ofFailedTestsTheFirstOfEachClassIsRepeated() {
    ObjectNode tests = ResultLine.object();
    var failures = tests.putArray("failures");
    for (String id :
        List.of(
            "[class:T]/[nested-class:A]/[method:a()]",
            "[class:T]/[nested-class:A]/[test-template:b(int)]/[test-template-invocation:#1]",
            "",
            "[class:T]/[nested-class:B]/[test-template:b(int)]/[test-template-invocation:#2]")) {
      failures.addObject().put("id", id);
    }
    tests.putArray("unfinished").addObject().put("id", "[class:T]/[nested-class:C]/[method:a()]");
    ObjectNode result = ResultLine.object();
    result.putArray("results").add(tests);
    assertEquals(
        List.of(
            "[class:T]/[nested-class:A]/[method:a()]",
            "[class:T]/[nested-class:B]/[test-template:b(int)]/[test-template-invocation:#2]",
            "[class:T]/[nested-class:C]/[method:a()]"),
        Repeat.tests(result));
    assertEquals(List.of(), Repeat.tests(PartResult.notRun("no time was left")));
  }

  @Test
  void thePageTellsOddLinesAndWhatWasNotReached() {
    Results results = new Results(List.of(TESTS));
    ObjectNode told = ResultLine.object().put("status", "done");
    told.putArray("results").addObject();
    told.putArray("unreadable").add("result\t{\"loss\": NaN}");
    Part torch = new Part(PartName.TORCH, Setting.DEFAULT, Limits.of(1), List.of(), Map.of());
    results.add(torch, told);
    ObjectNode json = ResultLine.object();
    json.putArray("asked").add("torch");
    json.set("parts", results.json());
    String page = new Page(json, results, Verdict.of(results)).text();
    assertTrue(page.contains("Only these parts were asked for: torch."), page);
    assertTrue(page.contains("- not checked, for lack of time: tests (fp32)"), page);
    assertTrue(page.contains("- tests (fp32): not run; it was not reached"), page);
    assertTrue(
        page.contains(
            "- torch: 1 lines of its results cannot be read; the first: `result {\"loss\": NaN}`"),
        page);
  }

  /** Whatever a process tells, it shall not keep the rest from being told. */
  @Test
  void thePageStandsWhateverIsTold() {
    List<String> fields =
        List.of(
            "name",
            "driver",
            "engineVersion",
            "engineError",
            "run",
            "failed",
            "failures",
            "unfinished",
            "validationLoss",
            "parametersDigest",
            "stopped",
            "steps",
            "task",
            "shape",
            "precision",
            "charactersPerSecond",
            "millisecondsPerStep",
            "kernel",
            "milliseconds",
            "boundMilliseconds",
            "results");
    for (String odd : List.of("null", "\"a%s|\"", "[]", "[1]", "{}", "-1", "1e308", "true")) {
      String told =
          fields.stream()
              .map(field -> "\"%s\": %s".formatted(field, odd))
              .collect(Collectors.joining(", ", "result\t{", "}"));
      Results results = new Results(List.of());
      for (PartName name : PartName.values()) {
        ObjectNode part = ResultLine.object().put("status", "done");
        ResultLine.read(told).ifPresent(part.putArray("results")::add);
        results.add(new Part(name, Setting.DEFAULT, Limits.of(1), List.of(), Map.of()), part);
      }
      ObjectNode json = ResultLine.object();
      json.set("parts", results.json());
      String page = new Page(json, results, Verdict.of(results)).text();
      assertTrue(page.contains("## Time by kernel"), page);
    }
  }
}
