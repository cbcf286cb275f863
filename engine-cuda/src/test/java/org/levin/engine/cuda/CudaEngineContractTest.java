package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.levin.report.Counts;

/**
 * The contract of the engines, and the agreement with the CPU engine, over the kernels as the
 * emulated driver runs them: in a JVM of its own, which has that driver on its path.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class CudaEngineContractTest {
  private static final String TOPIC = Emulation.DEVICE;

  /** All of the contract; fewer would mean that something was not found. */
  private static final int LEAST_TESTS = 49;

  @TestFactory
  Stream<DynamicTest> emulated() throws IOException, InterruptedException {
    return tests(
        Emulation.environment(),
        List.of(),
        "fp32",
        EmulatedTests.Contract.class,
        EmulatedTests.Agreement.class,
        EmulatedTests.Graphs.class,
        EmulatedTests.Uploads.class,
        EmulatedTests.Sums.class,
        EmulatedTests.Failures.class);
  }

  /** Threads in another order, launches by themselves, and each done at once. */
  @TestFactory
  @EnabledIfSystemProperty(named = Emulation.EXTENT, matches = Emulation.WHOLE)
  Stream<DynamicTest> emulatedOtherwise() throws IOException, InterruptedException {
    return tests(
        Emulation.environment("SEED", "2", "STREAMS", "immediate"),
        List.of("-Dlevin.cuda.graphs=false"),
        "fp32",
        EmulatedTests.Contract.class,
        EmulatedTests.Agreement.class,
        EmulatedTests.Sums.class);
  }

  /** All steps of a layer in one launch, on a device that has room for every shape. */
  @TestFactory
  @EnabledIfSystemProperty(named = Emulation.EXTENT, matches = Emulation.WHOLE)
  Stream<DynamicTest> emulatedPersistently() throws IOException, InterruptedException {
    return tests(
        Emulation.environment("SEED", "3", "MULTIPROCESSORS", "12"),
        List.of("-Dlevin.cuda.recurrence=persistent"),
        "fp32",
        EmulatedTests.Contract.class,
        EmulatedTests.Agreement.class,
        EmulatedTests.Recurrence.class,
        EmulatedTests.Failures.class);
  }

  /** Likewise, on tensor cores. */
  @TestFactory
  Stream<DynamicTest> emulatedPersistentlyInTf32() throws IOException, InterruptedException {
    return roundedPersistently("tf32");
  }

  /** Likewise. */
  @TestFactory
  @EnabledIfSystemProperty(named = Emulation.EXTENT, matches = Emulation.WHOLE)
  Stream<DynamicTest> emulatedPersistentlyInBf16() throws IOException, InterruptedException {
    return roundedPersistently("bf16");
  }

  private static Stream<DynamicTest> roundedPersistently(String precision)
      throws IOException, InterruptedException {
    return tests(
        Emulation.environment("SEED", "4", "MULTIPROCESSORS", "40"),
        List.of("-Dlevin.cuda.recurrence=persistent"),
        precision,
        EmulatedTests.Contract.class,
        EmulatedTests.Recurrence.class,
        EmulatedTests.Writing.class);
  }

  @TestFactory
  @EnabledIfSystemProperty(named = Emulation.EXTENT, matches = Emulation.WHOLE)
  Stream<DynamicTest> emulatedInTf32() throws IOException, InterruptedException {
    return rounded("tf32");
  }

  @TestFactory
  @EnabledIfSystemProperty(named = Emulation.EXTENT, matches = Emulation.WHOLE)
  Stream<DynamicTest> emulatedInBf16() throws IOException, InterruptedException {
    return rounded("bf16");
  }

  private static Stream<DynamicTest> rounded(String precision)
      throws IOException, InterruptedException {
    return tests(
        Emulation.environment(),
        List.of(),
        precision,
        EmulatedTests.Contract.class,
        EmulatedTests.Rounding.class,
        EmulatedTests.Writing.class);
  }

  private static Stream<DynamicTest> tests(
      Map<String, String> environment, List<String> more, String precision, Class<?>... classes)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(TestProgram.class.getName()));
    Stream.of(classes).map(Class::getName).forEach(program::add);
    List<String> options = new ArrayList<>(more);
    options.addAll(
        List.of(
            "-Xmx1g",
            "-D" + EmulatedTests.HERE + "=true",
            "-Dlevin.cuda.precision=" + precision,
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED"));
    String output = Programs.java(environment, options, program.toArray(String[]::new));
    List<DynamicTest> tests = new ArrayList<>();
    String prefix = precision + " ";
    for (String line : output.lines().toList()) {
      if (line.startsWith(TestProgram.MARK)) {
        String[] fields = line.substring(TestProgram.MARK.length()).split("\t", -1);
        tests.add(DynamicTest.dynamicTest(prefix + fields[0], () -> report(fields[0], fields[1])));
      } else if (!line.startsWith(TestProgram.BEGIN_MARK)
          && !line.startsWith("WARNING: Using incubator modules")
          && !line.startsWith("SLF4J")) {
        System.out.println(TOPIC + ": " + line);
      }
    }
    Counts.add(TOPIC, "tests of contract, agreement and failures", tests.size());
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
