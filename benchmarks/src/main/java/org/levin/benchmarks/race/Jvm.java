package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How every JVM of the race is started: this one's java, one limit for the heap.
 *
 * @param options what java is given besides, a class path among it
 * @param errors the file that takes what a process says on its standard error
 */
record Jvm(List<String> options, Path errors) {
  /** The limit for the heap of every side. */
  static final String MAX_HEAP = "2g";

  /** Returns the starter of programs of the class path that this JVM has; nothing is fetched. */
  static Jvm own(Path errors) {
    return new Jvm(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path")),
        errors);
  }

  /** Starts a program. */
  Process start(Class<?> program, String... arguments) throws IOException {
    return start(program.getName(), arguments);
  }

  /** Starts a program by the name of its class. */
  Process start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + MAX_HEAP);
    command.addAll(options);
    command.add(program);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }
}
