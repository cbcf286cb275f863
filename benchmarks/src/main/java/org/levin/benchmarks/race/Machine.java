package org.levin.benchmarks.race;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the race was run.
 *
 * @param system the operating system and the kind of processor
 * @param processor its name, where the system tells
 * @param processors how many there are
 * @param java the JVM
 * @param load the system's load average before the race; negative where it is unknown
 */
record Machine(String system, String processor, int processors, String java, double load) {
  private static final Path DETAILS = Path.of("/proc/cpuinfo");
  private static final String NAME = "model name";

  /** Returns this one. */
  static Machine here() throws IOException {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        modelName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String modelName() throws IOException {
    if (!Files.isReadable(DETAILS)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(DETAILS)) {
      return lines
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
