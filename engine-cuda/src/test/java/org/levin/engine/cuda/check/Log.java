package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * All that the parts printed, as it came, for who looks for the reason of a failure. A JVM's own
 * report of a crash is moved into it, so that there is one file to keep. What cannot be written is
 * lost, and keeps nothing from being measured.
 */
final class Log implements AutoCloseable {
  private static final String CRASHES = "hs_err_*.log";

  private final Path folder;
  private final PrintWriter writer;

  /** Begins it anew in a folder. */
  Log(Path folder) throws IOException {
    this.folder = folder;
    writer =
        new PrintWriter(
            Files.newBufferedWriter(folder.resolve("gpu-check.log"), StandardCharsets.UTF_8));
  }

  /** Returns the option that makes a JVM report its crash where this finds it. */
  static String crashOption(Path folder) {
    return "-XX:ErrorFile=" + folder.resolve(CRASHES.replace("*", "%p"));
  }

  /** Says what runs. */
  synchronized void begin(Part part) {
    writer.printf("== %s%n", part.key());
    part.environment().forEach((name, value) -> writer.printf("%s=%s ", name, value));
    writer.println(String.join(" ", part.command()));
    writer.flush();
  }

  /** Writes a line that it printed; tests as people read them. */
  synchronized void line(String line) {
    writer.println(TestLine.read(line).map(TestLine::toString).orElse(line));
    writer.flush();
  }

  /** Says what came of it. */
  synchronized void end(JsonNode result) {
    crashes().forEach(this::move);
    writer.printf(
        Locale.ROOT,
        "== %s, %.1f s%n%n",
        result.path("status").asText(),
        result.path("seconds").asDouble());
    writer.flush();
  }

  private List<Path> crashes() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, CRASHES)) {
      List<Path> found = new java.util.ArrayList<>();
      files.forEach(found::add);
      return found;
    } catch (IOException e) {
      writer.println("gpu-check: no report of a crash can be looked for: " + e);
      return List.of();
    }
  }

  private void move(Path crash) {
    try {
      writer.println(new String(Files.readAllBytes(crash), StandardCharsets.UTF_8));
      Files.delete(crash);
    } catch (IOException e) {
      writer.println("gpu-check: a crash's report stays where it is: " + e);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
