package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.engine.cuda.driver.Installation;
import org.opentest4j.TestAbortedException;

/** Whether the engine is available, why not, and that the CPU engine never suffers from it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class AvailabilityTest {
  private static final String UPDATE =
      "install NVIDIA's driver 580 or newer (https://www.nvidia.com/drivers)";

  @TempDir private Path temporary;

  @Test
  void worksOnTheEmulatedDevice() throws IOException, InterruptedException {
    List<String> lines = probe(Emulation.environment());
    assertTrue(
        lines
            .getFirst()
            .matches(
                "available: .*emulation.*, compute capability 8.0, 2.0 GiB, CUDA 13.0,"
                    + " products in tf32"),
        lines.getFirst());
    assertEquals(
        List.of("chosen: cpu", "asked for: cuda", "left: []"), lines.subList(1, lines.size()));
  }

  @Test
  void saysThePrecisionThatWasAskedFor() throws IOException, InterruptedException {
    String line =
        probe(
                Emulation.environment(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlevin.cuda.precision=bf16")
            .getFirst();
    assertTrue(line.endsWith(", products in bf16"), line);
  }

  @Test
  void refusesANameOfNoPrecisionAndSaysSo() throws IOException, InterruptedException {
    String trouble =
        "levin.cuda.precision=fp16 names no precision%s"
            + "use one of fp32, tf32, bf16, or leave it out for tf32";
    List<String> lines =
        probe(
            Emulation.environment(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dlevin.cuda.precision=fp16");
    assertTrue(lines.contains("unavailable: " + trouble.formatted("; remedy: ")), lines.toString());
    assertTrue(lines.contains("chosen: cpu"), lines.toString());
    assertTrue(lines.contains("WARNING: " + trouble.formatted("; ")), lines.toString());
  }

  @Test
  void needsADriver() throws IOException, InterruptedException {
    if (Installation.isHere()) {
      throw new TestAbortedException("NVIDIA's driver is installed here");
    }
    // Nothing native is loaded, so that the JVM prints none of its warnings.
    assertUnavailable(
        Map.of(),
        "NVIDIA's driver is not installed: there is no libcuda.so.1",
        UPDATE
            + ", or add the folder of libcuda.so.1 to LD_LIBRARY_PATH, or start the container with"
            + " its GPUs (--gpus all)");
  }

  @Test
  void needsADriverThatIsOne(@TempDir Path folder) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("libcuda.so.1"), "no library");
    List<String> lines = probe(Map.of("LD_LIBRARY_PATH", folder.toString()));
    assertTrue(
        lines.getFirst().startsWith("unavailable: JCuda's native library cannot be loaded: "),
        lines.getFirst());
    assertTrue(lines.getFirst().contains("libcuda.so.1"), lines.getFirst());
    assertTrue(lines.getFirst().endsWith("; remedy: " + UPDATE), lines.getFirst());
    assertEquals(
        List.of("chosen: cpu", "asked for: unavailable", "left: []"),
        lines.subList(1, lines.size()));
  }

  @Test
  void needsAJvmThatAllowsNativeLibraries() throws IOException, InterruptedException {
    List<String> lines = probe(Emulation.environment(), "--illegal-native-access=deny");
    assertEquals(
        List.of(
            "unavailable: this JVM forbids native libraries; remedy: start it with"
                + " --enable-native-access=ALL-UNNAMED, or use the CPU engine",
            "chosen: cpu",
            "asked for: unavailable",
            "left: []"),
        lines);
  }

  @Test
  void needsADevice() throws IOException, InterruptedException {
    assertUnavailable(
        Emulation.environment("DEVICES", "0"),
        "NVIDIA's driver finds no GPU",
        "check that nvidia-smi lists a GPU, and that CUDA_VISIBLE_DEVICES does not hide it");
  }

  @Test
  void needsADriverThatReadsTheKernels() throws IOException, InterruptedException {
    assertUnavailable(
        Emulation.environment("DRIVER_VERSION", "12090"),
        "NVIDIA's driver speaks CUDA 12.9, but the kernels need CUDA 13.0",
        UPDATE);
  }

  @Test
  void needsADeviceThatIsNewEnough() throws IOException, InterruptedException {
    String line = probe(Emulation.environment("CAPABILITY", "75")).getFirst();
    assertTrue(
        line.endsWith(
            " has compute capability 7.5, but the kernels need 8.0;"
                + " remedy: use a GPU of the Ampere generation or newer"),
        line);
  }

  @Test
  void needsADeviceThatIsLargeEnough() throws IOException, InterruptedException {
    String line = probe(Emulation.environment("MEMORY", "536870912")).getFirst();
    assertTrue(
        line.endsWith(
            " has 512 MiB of memory, but the engine needs 1024;"
                + " remedy: use a GPU with more memory"),
        line);
  }

  @Test
  void needsADeviceOnWhichOneMayCompute() throws IOException, InterruptedException {
    assertUnavailable(
        Emulation.environment("COMPUTE_MODE", "2"),
        Emulation.DEVICE + " is in a mode that lets nobody compute on it",
        "let an administrator run nvidia-smi -c DEFAULT");
  }

  /** Such as the library that NVIDIA's toolkit has to link against, or a machine half started. */
  @ParameterizedTest
  @CsvSource({
    "34, CUDA_ERROR_STUB_LIBRARY (this library is no driver), take the folder stubs",
    "802, CUDA_ERROR_SYSTEM_NOT_READY, start NVIDIA's fabric manager",
    "803, CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, restart the machine",
    "999, CUDA_ERROR_UNKNOWN, check that nvidia-smi works"
  })
  void saysWhatToDoAboutADriverThatDoesNotStart(String code, String reason, String remedy)
      throws IOException, InterruptedException {
    String line = probe(Emulation.environment("FAULT", "cuDeviceGetCount:1:" + code)).getFirst();
    assertTrue(
        line.startsWith("unavailable: NVIDIA's driver does not work: cuDeviceGetCount: " + reason),
        line);
    assertTrue(line.contains("; remedy: " + remedy), line);
  }

  private void assertUnavailable(Map<String, String> environment, String reason, String remedy)
      throws IOException, InterruptedException {
    assertEquals(
        List.of(
            "unavailable: " + reason + "; remedy: " + remedy,
            "chosen: cpu",
            "asked for: unavailable",
            "left: []"),
        probe(environment));
  }

  private List<String> probe(Map<String, String> environment)
      throws IOException, InterruptedException {
    // Without any driver nothing native is loaded, and so nothing needs to be allowed.
    return environment.isEmpty()
        ? probe(environment, "-Dnothing=allowed")
        : probe(environment, "--enable-native-access=ALL-UNNAMED");
  }

  /** The vector module's own warning is the only one that may come: it is the CPU engine's. */
  private List<String> probe(Map<String, String> environment, String... access)
      throws IOException, InterruptedException {
    List<String> options =
        new ArrayList<>(
            List.of("--add-modules=jdk.incubator.vector", "-Djava.io.tmpdir=" + temporary));
    options.addAll(List.of(access));
    return Programs.java(environment, options, AvailabilityProgram.class.getName())
        .lines()
        .filter(line -> !line.equals("WARNING: Using incubator modules: jdk.incubator.vector"))
        .filter(line -> !line.startsWith("emulation: "))
        .toList();
  }
}
