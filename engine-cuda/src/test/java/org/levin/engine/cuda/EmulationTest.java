package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.levin.report.Counts;

/** The emulation's own tests, among them those of kernels that are wrong on purpose. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class EmulationTest {
  private static final Pattern PASSED = Pattern.compile("(?m)^(\\d+) tests passed");

  @Test
  void findsWhatItIsThereToFind() throws IOException, InterruptedException {
    Programs.assumeInstalled("g++", "bash");
    String output = Programs.run(Map.of(), List.of("bash", ".build/emulation.sh", "test"));
    Matcher passed = PASSED.matcher(output);
    assertTrue(passed.find(), output);
    Counts.add("cpu-emulation", "tests of the emulation itself", Long.parseLong(passed.group(1)));
  }
}
