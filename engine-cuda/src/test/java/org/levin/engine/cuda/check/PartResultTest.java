package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PartResultTest {
  private static final int LONG = 60;
  private static final String RESULT = "printf 'result\\t{\"a\": 1}\\nmore\\n'; ";

  private final List<String> log = new ArrayList<>();

  private JsonNode run(Limits limits, int left, String... command) throws InterruptedException {
    Part part =
        new Part(PartName.DEVICE, Setting.DEFAULT, limits, List.of(command), Map.of("WHO", "me"));
    return PartResult.of(part, left, log::add);
  }

  private JsonNode run(String script) throws InterruptedException {
    return run(Limits.of(LONG), LONG, "bash", "-c", script);
  }

  private static void assertEnded(String status, JsonNode told) {
    assertEquals(status, told.path("status").asText());
    assertEquals(1, told.path("results").path(0).path("a").asInt(), "what it told is kept");
    double seconds = told.path("seconds").asDouble();
    assertTrue(seconds >= 1 && seconds < 20, () -> seconds + " s");
  }

  @Test
  void whatTakesTooLongIsEnded() throws InterruptedException {
    assertEnded("timed out", run(Limits.of(1), LONG, "bash", "-c", RESULT + "sleep 60; true"));
    assertEnded("cut short", run(Limits.of(LONG), 1, "bash", "-c", RESULT + "sleep 60; true"));
    assertEquals(List.of("more", "more"), log.stream().filter("more"::equals).toList());
  }

  @Test
  void whatIsSilentForLongIsEnded() throws InterruptedException {
    Limits limits = Limits.of(LONG).silent(1);
    assertEnded("hung", run(limits, LONG, "bash", "-c", RESULT + "sleep 60; true"));
    JsonNode slow =
        run(limits, LONG, "bash", "-c", "for i in 1 2 3 4 5; do sleep 0.4; echo $i; done");
    assertEquals("done", slow.path("status").asText());
  }

  /**
   * Its stream would be closed while it is read, and a trace printed, if it were just destroyed.
   */
  @Test
  void whatAJvmWasDoingWhenItWasEndedIsInTheLog() throws InterruptedException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String program = "src/test/java/org/levin/engine/cuda/check/Sleeper.java";
    JsonNode told = run(Limits.of(6), LONG, java, program);
    assertEquals("timed out", told.path("status").asText());
    assertTrue(log.stream().anyMatch(line -> line.contains("Sleeper.main")), log::toString);
  }

  @Test
  void whatFailsIsToldWithItsLastWords() throws InterruptedException {
    JsonNode told = run(RESULT + "exit 3");
    assertEquals("failed", told.path("status").asText());
    assertEquals(1, told.path("results").size());
    assertTrue(told.path("error").asText().endsWith("more"), told::toString);
  }

  @Test
  void whatIsNotThereIsNotAvailable() throws InterruptedException {
    JsonNode missing = run(Limits.of(1), LONG, "/no/such/program");
    assertEquals("not available", missing.path("status").asText());
    JsonNode refused = run("printf 'result\\t{\"notAvailable\": \"why\"}\\n'");
    assertEquals("not available", refused.path("status").asText());
    assertEquals("why", refused.path("error").asText());
  }

  @Test
  void whatCannotBeReadIsKeptAndHarmsNothing() throws InterruptedException {
    JsonNode told =
        run(
            "printf 'result\\t{\"a\": NaN}\\nresult\\t{\"a\": 1}\\ntested\\tA b()\\n\\0\\377\\n';"
                + " printf 'result\\t{\"a\": 2'");
    assertEquals("done", told.path("status").asText());
    assertEquals(1, told.path("results").size());
    assertEquals(1, told.path("results").path(0).path("a").asInt());
    assertEquals(3, told.path("unreadable").size());
    assertEquals("result\t{\"a\": NaN}", told.path("unreadable").path(0).asText());
    assertFalse(run(RESULT).has("unreadable"));
  }

  @Test
  void countsTestsAndThoseThatDidNotEnd() throws InterruptedException {
    JsonNode told =
        run(
            "printf 'testing\\tA b()\\t[b]\\ntested\\tA b()\\t\\t[b]\\n"
                + "testing\\tA c()\\t[c]\\ntested\\tA c()\\td2h5\\t[c]\\n"
                + "testing\\tA d()\\t[d]\\n'; exit 1");
    assertEquals("failed", told.path("status").asText());
    JsonNode tests = told.path("results").path(0);
    assertEquals(2, tests.path("run").asInt());
    assertEquals(1, tests.path("failed").asInt());
    assertEquals("why", tests.path("failures").path(0).path("failure").asText());
    assertEquals("A d()", tests.path("unfinished").path(0).path("test").asText());
    assertEquals(List.of("[c]", "[d]"), Repeat.tests(told));
  }

  @Test
  void addsToTheEnvironment() throws InterruptedException {
    run("echo I am $WHO");
    assertEquals(List.of("I am me"), log);
  }
}
