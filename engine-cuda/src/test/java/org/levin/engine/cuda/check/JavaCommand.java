package org.levin.engine.cuda.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program of the tests is started in a JVM of its own. */
final class JavaCommand {
  private final CheckOptions options;

  JavaCommand(CheckOptions options) {
    this.options = options;
  }

  /**
   * Returns the command.
   *
   * @param graphs whether lists of launches become graphs
   */
  List<String> of(Setting setting, boolean graphs, Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.sizes().options());
    command.addAll(setting.options());
    command.addAll(
        List.of(
            "-Dgpu.required=true",
            "-Dlevin.cuda.graphs=" + graphs,
            Log.crashOption(options.output()),
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    command.addAll(arguments);
    return command;
  }
}
