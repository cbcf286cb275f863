package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Programs that tests start. */
public final class Programs {
  /** A program that still runs then is ended. */
  private static final int MINUTES = 10;

  private Programs() {}

  /** Skips the test, and prints why, unless all of these are on the path. */
  public static void assumeInstalled(String... programs) {
    List<String> missing =
        Arrays.stream(programs).filter(program -> !isInstalled(program)).toList();
    if (!missing.isEmpty()) {
      String reason = "not on the path: " + String.join(", ", missing);
      System.out.println("skipped, " + reason);
      throw new TestAbortedException(reason);
    }
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program to its end, and returns what it printed; it must end with 0. */
  public static String run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process
        .onExit()
        .completeOnTimeout(process, MINUTES, TimeUnit.MINUTES)
        .thenAccept(Programs::end);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> command + " printed:\n" + output);
    return output;
  }

  /** One that has ended is left alone, or what it printed could no longer be read. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process.destroyForcibly();
    }
  }

  /** Runs a main program of the tests in a JVM of its own. */
  static String java(Map<String, String> environment, List<String> options, String... program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(program));
    return run(environment, command);
  }
}
