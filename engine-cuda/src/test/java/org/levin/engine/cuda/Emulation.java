package org.levin.engine.cuda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The emulated driver: a {@code libcuda.so.1} that runs the kernels on the CPU. Compiled once for a
 * run of the tests.
 */
final class Emulation {
  /** The system property that says how much the tests do. */
  static final String EXTENT = "levin.emulation";

  /** Its value under the profile {@code emulation}. */
  static final String WHOLE = "whole";

  /** The name of its device. */
  static final String DEVICE = "cpu-emulation";

  private static final Path FOLDER = Path.of("target/emulation").toAbsolutePath();
  private static boolean compiled;

  private Emulation() {}

  /**
   * Returns an environment with the emulated driver; where there is no compiler, skips the test.
   */
  static synchronized Map<String, String> environment(String... settings)
      throws IOException, InterruptedException {
    if (!compiled) {
      Programs.assumeInstalled("g++", "bash");
      Programs.run(Map.of(), List.of("bash", ".build/emulation.sh"));
      compiled = true;
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("LD_LIBRARY_PATH", FOLDER.toString());
    for (int i = 0; i < settings.length; i += 2) {
      environment.put("LEVIN_EMULATION_" + settings[i], settings[i + 1]);
    }
    return environment;
  }
}
