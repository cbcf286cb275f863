package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.levin.report.Counts;

/**
 * The contract of the engines, and the agreement with the CPU engine, over the kernels as the
 * emulated driver runs them: in a JVM of its own, which has that driver on its path.
 */
class CudaEngineContractTest {
  private static final String TOPIC = "cpu-emulation";

  /** All of the contract; fewer would mean that something was not found. */
  private static final int LEAST_TESTS = 60;

  @TestFactory
  Stream<DynamicTest> emulated() throws IOException, InterruptedException {
    String output =
        Programs.java(
            Emulation.environment(),
            List.of(
                "-Xmx1g",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED"),
            TestProgram.class.getName(),
            EmulatedContract.class.getName(),
            EmulatedAgreement.class.getName(),
            EmulatedFailures.class.getName());
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (line.startsWith(TestProgram.MARK)) {
        String[] fields = line.substring(TestProgram.MARK.length()).split("\t", -1);
        tests.add(DynamicTest.dynamicTest(fields[0], () -> report(fields[0], fields[1])));
      } else if (!line.startsWith("WARNING: Using incubator modules")) {
        System.out.println(TOPIC + ": " + line);
      }
    }
    Counts.add(TOPIC, "tests of the contract and of the agreement with the CPU", tests.size());
    assertTrue(tests.size() >= LEAST_TESTS, () -> "only %d tests ran".formatted(tests.size()));
    return tests.stream();
  }

  private static void report(String name, String encoded) {
    String failure = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    if (!failure.isEmpty()) {
      fail(name + ": " + failure);
    }
  }
}
