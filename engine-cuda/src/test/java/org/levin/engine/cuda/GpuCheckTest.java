package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.levin.engine.cuda.check.GpuCheck;

/** The whole program that checks a GPU, on the emulated one. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class GpuCheckTest {
  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private static final String STATUS = "\"$@\"; echo \"status $?\"";
  private static final String PYTHON =
      Path.of("src/test/python/torch_lstm.py").toAbsolutePath().toString();

  @TempDir Path folder;

  /** Returns what it writes; it has to end with this status. */
  private JsonNode check(Map<String, String> environment, String parts, int status)
      throws Exception {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "All happy families resemble one another. ".repeat(50));
    List<String> command = new ArrayList<>(List.of("bash", "-c", STATUS, "gpu-check"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GpuCheck.class.getName(), text.toString(), "a sentence"));
    command.addAll(List.of(folder.toString(), PYTHON, "1234567", parts, "--tiny"));
    String output = Programs.run(environment, command);
    assertTrue(output.endsWith("status " + status + "\n"), output);
    return new ObjectMapper().readTree(folder.resolve("gpu-check.json").toFile());
  }

  @Test
  void everythingIsCheckedAndMeasuredOnTheEmulatedDevice() throws Exception {
    Map<String, String> environment = Emulation.environment();
    environment.put("PATH", oddPython() + ":" + System.getenv("PATH"));
    JsonNode json = check(environment, "", 0);
    assertTrue(json.path("passed").asBoolean(), json::toPrettyString);
    assertEquals("1234567", json.path("commit").asText());
    JsonNode parts = json.path("parts");
    assertEquals("cpu-emulation", result(parts, "device", 1).path("name").asText());
    assertTrue(result(parts, "device", 3).path("openAgainSeconds").asDouble() > 0);
    assertEquals(2, result(parts, "tests (fp32)", 0).path("run").asInt());
    assertEquals(0, result(parts, "tests (fp32)", 0).path("failed").asInt());
    assertEquals(1, result(parts, "tests (tf32)", 0).path("run").asInt());
    assertEquals(
        result(parts, "training", 0).path("parametersDigest"),
        result(parts, "training again", 0).path("parametersDigest"));
    assertTrue(result(parts, "text", 0).path("steps").asInt() > 0);
    assertTrue(result(parts, "speed (fp32)", 1).path("charactersPerSecond").asDouble() > 0);
    assertEquals("generate", result(parts, "speed (fp32)", 2).path("task").asText());
    assertTrue(result(parts, "kernels", 0).path("pieces").asInt() > 1);
    assertKernels(parts.path("kernels").path("results"));
    assertEquals(2, result(parts, "torch", 0).path("charactersPerSecond").asInt());
    assertEquals(2, parts.path("torch").path("unreadable").size());
    assertPage();
  }

  /** Returns a folder with a Python that prints what it should not. */
  private Path oddPython() throws IOException {
    Path program = folder.resolve("python3");
    Files.writeString(
        program,
        """
        #!/bin/sh
        printf 'garbage \\377\\n'
        printf 'result\\t{"task": "train", "loss": NaN}\\n'
        printf 'result\\t{"task": "train", "shape": "2x8x4x5", "precision": "tf32", "charactersPerSecond": 2}\\n'
        printf 'result\\t{"task": "tr'
        """);
    assertTrue(program.toFile().setExecutable(true));
    return folder;
  }

  @Test
  void aTestThatFailsIsRepeatedLaunchByLaunch() throws Exception {
    Map<String, String> environment = Emulation.environment("FAULT", "cuMemcpyDtoHAsync_v2:2:719");
    JsonNode json = check(environment, "tests-fp32", 1);
    assertEquals("tests-fp32", json.path("asked").path(0).asText());
    JsonNode parts = json.path("parts");
    assertTrue(parts.path("tests (fp32)").path("results").path(0).path("failed").asInt() > 0);
    JsonNode again = parts.path("tests again (fp32)").path("results").path(0);
    assertEquals(1, again.path("results").path(0).path("run").asInt(), parts::toPrettyString);
    String log = Files.readString(folder.resolve("gpu-check.log"));
    assertTrue(log.contains("\nCUDA_LAUNCH_BLOCKING=1 "), log);
    assertTrue(log.contains("-Dlevin.cuda.graphs=false"), log);
    assertTrue(log.contains("\nFAILED: "), log);
    assertTrue(Files.readString(folder.resolve("gpu-check.md")).contains("launch by launch"));
  }

  private static JsonNode result(JsonNode parts, String part, int index) {
    JsonNode told = parts.path(part);
    assertEquals("done", told.path("status").asText(), told::toPrettyString);
    return told.path("results").path(index);
  }

  /** Products are counted: all of them together, three times those of a forward pass and more. */
  private static void assertKernels(JsonNode results) {
    double operations = 0;
    double share = 0;
    for (JsonNode kernel : results) {
      operations += kernel.path("operations").asDouble();
      share += kernel.path("share").asDouble();
    }
    int weights = 3 * 4 * 8 * 8;
    assertTrue(operations > 2.5 * 2 * weights * 20, results::toPrettyString);
    assertEquals(2, share, 1e-9, "all of training, and all of writing");
  }

  private void assertPage() throws IOException {
    String page = Files.readString(folder.resolve("gpu-check.md"));
    assertTrue(page.startsWith("# The CUDA engine on cpu-emulation: speeds mean nothing\n"), page);
    assertTrue(page.contains("| tests (fp32) | 2 | 0 | done |"), page);
    assertTrue(page.contains("**Everything that is promised holds.**"), page);
    assertTrue(page.contains("- torch: 2 lines of its results cannot be read"), page);
    assertTrue(page.contains("| train 2x8x4x5 |"), page);
    assertTrue(page.contains("| cellBackward | 10 |"), page);
    assertTrue(page.contains("A character that is written of 2x8x1x1, launch by launch"), page);
    assertTrue(page.contains("| writeFirstLayerTf32 | 1 |"), page);
    assertTrue(page.contains("| writeLayerTf32 | 1 |"), page);
    assertTrue(page.contains("| writeLogitsTf32 | 1 |"), page);
    assertFalse(page.contains("null"), page);
  }
}
