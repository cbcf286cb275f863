package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks and measures the engine, unattended, in less than eight minutes, and writes {@code
 * gpu-check.json}, {@code gpu-check.md} and {@code gpu-check.log}. Ends with 0 if the contract, the
 * agreement with the CPU engine and repeatability hold, with 1 if something does not, with 2 if it
 * is called wrongly, and with 3 if nothing failed, but not all of that was reached.
 */
public final class GpuCheck {
  /** After which nothing is begun, and what is under way is ended. */
  private static final int LIMIT_SECONDS = 460;

  private final CheckOptions options;
  private final List<Part> parts;
  private final Results results;
  private final Deadline deadline = new Deadline(LIMIT_SECONDS);
  private final Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private GpuCheck(CheckOptions options, List<Part> parts) {
    this.options = options;
    this.parts = parts;
    results = new Results(parts);
  }

  /** Runs it; see {@link CheckOptions#parse}. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    CheckOptions options = CheckOptions.parse(arguments);
    Optional<List<Part>> parts = parts(options);
    if (parts.isEmpty()) {
      System.exit(2);
    }
    // Who ends this shall not have to look for what it started.
    Runtime.getRuntime().addShutdownHook(new Thread(GpuCheck::endChildren));
    System.exit(new GpuCheck(options, parts.orElseThrow()).run().status());
  }

  private static Optional<List<Part>> parts(CheckOptions options) {
    try {
      return Optional.of(Parts.of(options));
    } catch (IllegalArgumentException e) {
      System.err.println("gpu-check: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private Verdict run() throws IOException, InterruptedException {
    Files.createDirectories(options.output());
    write();
    try (Log log = new Log(options.output())) {
      for (Part part : parts) {
        run(part, log);
      }
    }
    Verdict verdict = Verdict.of(results);
    verdict.failures().forEach(failure -> System.out.println("gpu-check: " + failure));
    verdict.unchecked().forEach(what -> System.out.println("gpu-check: not checked: " + what));
    System.out.println("gpu-check: see " + options.output().resolve("gpu-check.md"));
    return verdict;
  }

  private void run(Part part, Log log) throws IOException, InterruptedException {
    if (!deadline.allows(part.limits())) {
      told(part, PartResult.notRun("no time was left"));
      return;
    }
    log.begin(part);
    ObjectNode result = PartResult.of(part, deadline.left(), log::line);
    log.end(result);
    told(part, result);
    List<String> failed = part.name() == PartName.TESTS ? Repeat.tests(result) : List.of();
    if (!failed.isEmpty()) {
      Repeat repeat = new Repeat(options, log, deadline);
      told(repeat.part(part, failed), repeat.run(part, failed));
    }
  }

  /** Written after each, for who ends this before its end. */
  private void told(Part part, ObjectNode result) throws IOException {
    results.add(part, result);
    String reason = Reason.of(result.path("error").asText());
    System.out.printf(
        Locale.ROOT,
        "gpu-check: %s: %s, %.1f s%s%n",
        part.key(),
        result.path("status").asText(),
        result.path("seconds").asDouble(),
        reason.isEmpty() ? "" : "; " + reason);
    write();
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
            .put("seconds", deadline.passed())
            .put("passed", verdict.passed());
    options.parts().forEach(json.putArray("asked")::add);
    verdict.failures().forEach(json.putArray("failures")::add);
    verdict.unchecked().forEach(json.putArray("unchecked")::add);
    json.set("parts", results.json());
    write(
        "gpu-check.json",
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    write("gpu-check.md", new Page(json, results, verdict).text());
  }

  /** As a whole, so that no half of a file is left if this is ended meanwhile. */
  private void write(String name, String text) throws IOException {
    Path file = options.output().resolve(name);
    Path part = options.output().resolve(name + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
