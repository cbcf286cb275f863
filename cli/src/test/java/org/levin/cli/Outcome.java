package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What a run of the command left: its exit code and what it wrote. */
record Outcome(int code, String out, String err) {

  /** Runs the command in this JVM, as where no person watches. */
  static Outcome levin(Object... arguments) {
    return run(false, arguments);
  }

  /** Runs the command in this JVM, as where a person watches. */
  static Outcome onTerminal(Object... arguments) {
    return run(true, arguments);
  }

  private static Outcome run(boolean watched, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            watched,
            watched);
    int code =
        Levin.run(console, Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Asserts that it did what it was asked for. */
  Outcome succeeded() {
    assertEquals(0, code, this::toString);
    return this;
  }

  /** Asserts exit code 1, nothing on standard output, and one line that says all of this. */
  Outcome failed(Object... said) {
    assertEquals(1, code, this::toString);
    assertEquals("", out);
    List<String> lines = err.lines().filter(line -> line.startsWith("levin: ")).toList();
    assertEquals(1, lines.size(), this::toString);
    assertEquals(lines.getFirst(), err.lines().toList().getLast());
    assertSays(lines.getFirst(), said);
    return this;
  }

  /** Asserts exit code 2, a line that says all of this, and the usage behind it. */
  Outcome misused(Object... said) {
    assertEquals(2, code, this::toString);
    assertEquals("", out);
    List<String> lines = err.lines().toList();
    assertTrue(lines.getFirst().startsWith("levin: "), this::toString);
    assertSays(lines.getFirst(), said);
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("Usage: levin")), this::toString);
    return this;
  }

  private void assertSays(String line, Object... said) {
    assertFalse(err.contains("\tat "), () -> "a stack trace: " + err);
    for (Object part : said) {
      assertTrue(line.contains(part.toString()), () -> "expected \"" + part + "\" in: " + line);
    }
  }

  /** Returns standard output, which must be one line of JSON. */
  JsonNode json() throws JsonProcessingException {
    succeeded();
    assertEquals(1, out.lines().count(), out);
    return new ObjectMapper().readTree(out);
  }
}
