package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The emulation's own tests: that it finds what is wrong on purpose, and that kernels which wait
 * for each other give the same bits in whatever order their blocks and threads come.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class EmulationTest {

  @Test
  void passesItsOwnTests() throws IOException, InterruptedException {
    Programs.assumeInstalled("g++", "bash");
    String output = Programs.run(Map.of(), List.of("bash", ".build/emulation.sh", "test"));
    assertTrue(output.contains("aRecurrenceThatDoesNotWaitForItsGroupShows\n"), output);
    assertTrue(output.lines().anyMatch(line -> line.matches("\\d+ tests passed, .*")), output);
  }
}
