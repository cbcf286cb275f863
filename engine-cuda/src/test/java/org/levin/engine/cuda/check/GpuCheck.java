package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Checks and measures the engine, unattended, in less than eight minutes, and writes {@code
 * gpu-check.json} and {@code gpu-check.md}. Ends with 0 only if the contract, the agreement with
 * the CPU engine and repeatability hold.
 */
public final class GpuCheck {
  /** After which nothing is begun, and what is under way is ended. */
  private static final long LIMIT_SECONDS = 460;

  /** With less, a part is not begun. */
  private static final long LEAST_SECONDS = 5;

  private static final double NANOS = 1e9;

  private final CheckOptions options;
  private final Results results = new Results();
  private final long start = System.nanoTime();
  private final Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private GpuCheck(CheckOptions options) {
    this.options = options;
  }

  /** Runs it; see {@link CheckOptions#parse}. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    System.exit(new GpuCheck(CheckOptions.parse(arguments)).run().passed() ? 0 : 1);
  }

  private Verdict run() throws IOException, InterruptedException {
    Files.createDirectories(options.output());
    for (Part part : Parts.of(options)) {
      System.out.printf("gpu-check: %s ... ", part.key());
      long left = LIMIT_SECONDS - (long) seconds();
      ObjectNode result =
          left < LEAST_SECONDS
              ? PartResult.notRun("no time was left")
              : PartResult.of(part, Math.min(left, part.limitSeconds()));
      results.add(part, result);
      System.out.printf(
          "%s, %.1f s%n", result.get("status").asText(), result.path("seconds").asDouble());
      write(); // after each, for who ends this before its end
    }
    Verdict verdict = Verdict.of(results);
    verdict.failures().forEach(failure -> System.out.println("gpu-check: " + failure));
    return verdict;
  }

  private double seconds() {
    return (System.nanoTime() - start) / NANOS;
  }

  private void write() throws IOException {
    Verdict verdict = Verdict.of(results);
    ObjectNode json =
        ResultLine.object()
            .put("format", "levin-gpu-check 1")
            .put("date", date.toString())
            .put("commit", options.commit())
            .put("java", System.getProperty("java.vm.version"))
            .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("tiny", options.tiny())
            .put("text", options.textName())
            .put("seconds", seconds())
            .put("passed", verdict.passed());
    verdict.failures().forEach(json.putArray("failures")::add);
    json.set("parts", results.json());
    Files.writeString(
        options.output().resolve("gpu-check.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    Files.writeString(
        options.output().resolve("gpu-check.md"), new Page(json, results, verdict).text());
  }
}
