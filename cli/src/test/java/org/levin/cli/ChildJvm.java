package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the real command in a JVM of its own, as the launcher does, and in a folder.
 *
 * @param folder where it runs, and what it writes is kept
 * @param options of the JVM
 */
record ChildJvm(Path folder, List<String> options) {
  private static final long SECONDS = 60;

  /** What the JDK writes by itself where the Vector API is there. */
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  static ChildJvm in(Path folder) {
    return new ChildJvm(folder, List.of("--add-modules=jdk.incubator.vector"));
  }

  /** Starts the command; its output goes to files. */
  Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(Levin.class.getName());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(out().toFile())
        .redirectError(err().toFile())
        .start();
  }

  /** Runs the command to its end. */
  Outcome levin(Object... arguments) throws IOException, InterruptedException {
    return await(start(arguments));
  }

  /** Waits for the end of the command. */
  Outcome await(Process process) throws IOException, InterruptedException {
    try {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the command hangs");
    } finally {
      process.destroyForcibly();
    }
    String err = Files.readString(err()).replace(INCUBATOR + System.lineSeparator(), "");
    return new Outcome(process.exitValue(), Files.readString(out()), err);
  }

  private Path out() {
    return folder.resolve("standard-output");
  }

  private Path err() {
    return folder.resolve("standard-error");
  }
}
