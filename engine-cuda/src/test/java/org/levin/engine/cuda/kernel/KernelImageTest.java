package org.levin.engine.cuda.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.levin.engine.cuda.Programs;

/** The compiled kernels are those of the sources, and what the launch table says of them. */
class KernelImageTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Pattern ENTRY =
      Pattern.compile("\\.visible \\.entry (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);

  /** A number, or bytes. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\.param \\.(?:u(32|64) |align \\d+ \\.b8 \\w+\\[(\\d+)\\])");

  private final String ptx = new String(KernelImage.read(), StandardCharsets.US_ASCII);

  @Test
  void isCompiledFromTheSourcesAsTheyAre() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : sources()) {
      digest.update((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    try (InputStream recorded = KernelImage.class.getResourceAsStream("kernels.sha256")) {
      assertEquals(
          new String(recorded.readAllBytes(), StandardCharsets.US_ASCII).strip(),
          HexFormat.of().formatHex(digest.digest()),
          "the kernels have changed: run engine-cuda/.build/ptx.sh");
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".cu") || file.toString().endsWith(".h"))
          .sorted()
          .toList();
    }
  }

  @Test
  void isForTheDriverAndTheDevicesThatTheSearchAsksFor() {
    assertTrue(ptx.contains("\n.version 9.0\n"), "CUDA 13.0");
    assertTrue(ptx.contains("\n.target sm_80\n"), "compute capability 8.0");
    assertTrue(ptx.contains("\n.address_size 64\n"));
  }

  @Test
  void hasTheKernelsOfTheLaunchTableWithTheirParameters() {
    Map<String, List<Integer>> expected = new TreeMap<>();
    for (Kernel kernel : Kernel.values()) {
      expected.put(kernel.entry(), kernel.parameters().stream().map(ParameterType::bytes).toList());
    }
    Map<String, List<Integer>> actual = new TreeMap<>();
    for (Matcher entry = ENTRY.matcher(ptx); entry.find(); ) {
      actual.put(entry.group(1), sizes(entry.group(2)));
    }
    assertEquals(expected, actual);
  }

  private static List<Integer> sizes(String parameters) {
    List<Integer> sizes = new ArrayList<>();
    for (Matcher parameter = PARAMETER.matcher(parameters); parameter.find(); ) {
      sizes.add(
          parameter.group(1) == null
              ? Integer.parseInt(parameter.group(2))
              : Integer.parseInt(parameter.group(1)) / Byte.SIZE);
    }
    assertEquals(parameters.lines().filter(line -> line.contains(".param")).count(), sizes.size());
    return sizes;
  }

  /** A product that the compiler fused with a sum would round otherwise than on the CPU. */
  @Test
  void leavesNothingToFuseToTheDriver() {
    String loose =
        ptx.lines()
            .filter(line -> line.matches("\\s*(mul|add|sub|mad|fma)\\.(ftz\\.)?f(32|64)\\s.*"))
            .collect(Collectors.joining("\n"));
    assertEquals("", loose);
  }

  @Test
  void isWhatTheCompilerMakes() throws IOException, InterruptedException {
    Programs.assumeInstalled("nvcc", "ptxas", "bash");
    Programs.run(Map.of(), List.of("bash", ".build/ptx.sh", "check"));
  }
}
