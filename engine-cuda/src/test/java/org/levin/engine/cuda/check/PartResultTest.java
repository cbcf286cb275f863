package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PartResultTest {
  private static final String RESULT = "printf 'result\\t{\"a\": 1}\\nmore\\n'; ";

  private static JsonNode run(String... command) throws InterruptedException {
    Part part = new Part(PartName.DEVICE, Setting.DEFAULT, 1, List.of(command));
    return PartResult.of(part, part.limitSeconds());
  }

  @Test
  void whatHangsIsEndedAndWhatItToldIsKept() throws InterruptedException {
    JsonNode told = run("bash", "-c", RESULT + "sleep 60; true");
    assertEquals("timed out", told.path("status").asText());
    assertEquals(1, told.path("results").path(0).path("a").asInt());
    double seconds = told.path("seconds").asDouble();
    assertTrue(seconds >= 1 && seconds < 20, () -> seconds + " s");
  }

  @Test
  void whatFailsIsToldWithItsLastWords() throws InterruptedException {
    JsonNode told = run("bash", "-c", RESULT + "exit 3");
    assertEquals("failed", told.path("status").asText());
    assertEquals(1, told.path("results").size());
    assertTrue(told.path("error").asText().endsWith("more"), told::toString);
  }

  @Test
  void whatIsNotThereIsNotAvailable() throws InterruptedException {
    assertEquals("not available", run("/no/such/program").path("status").asText());
    JsonNode refused = run("bash", "-c", "printf 'result\\t{\"notAvailable\": \"why\"}\\n'");
    assertEquals("not available", refused.path("status").asText());
    assertEquals("why", refused.path("error").asText());
  }
}
