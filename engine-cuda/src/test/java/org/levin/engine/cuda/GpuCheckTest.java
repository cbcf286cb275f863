package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @TempDir Path folder;

  /** It ends with 0, or this would fail. */
  private JsonNode check(Map<String, String> environment) throws Exception {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "All happy families resemble one another. ".repeat(50));
    Programs.java(
        environment,
        OPTIONS,
        GpuCheck.class.getName(),
        text.toString(),
        "a sentence",
        folder.toString(),
        Path.of("src/test/python/torch_lstm.py").toAbsolutePath().toString(),
        "1234567",
        "--tiny");
    return new ObjectMapper().readTree(folder.resolve("gpu-check.json").toFile());
  }

  @Test
  void everythingIsCheckedAndMeasuredOnTheEmulatedDevice() throws Exception {
    JsonNode json = check(Emulation.environment());
    assertTrue(json.path("passed").asBoolean(), json::toPrettyString);
    assertEquals("1234567", json.path("commit").asText());
    JsonNode parts = json.path("parts");
    assertEquals("cpu-emulation", result(parts, "device", 0).path("name").asText());
    assertEquals(2, result(parts, "tests (fp32)", 0).path("run").asInt());
    assertEquals(0, result(parts, "tests (fp32)", 0).path("failed").asInt());
    assertEquals(
        result(parts, "training", 0).path("parametersDigest"),
        result(parts, "training again", 0).path("parametersDigest"));
    assertTrue(result(parts, "text", 0).path("steps").asInt() > 0);
    assertTrue(result(parts, "speed (fp32)", 1).path("charactersPerSecond").asDouble() > 0);
    assertEquals("generate", result(parts, "speed (fp32)", 2).path("task").asText());
    assertKernels(parts.path("kernels").path("results"));
    assertPage();
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
    assertTrue(page.contains("| train 2x8x4x5 |"), page);
    assertTrue(page.contains("| cellBackward | 10 |"), page);
    assertTrue(page.contains("A character that is written of 2x8x1x1, launch by launch"), page);
    assertTrue(page.contains("| writeFirstLayerTf32 | 1 |"), page);
    assertTrue(page.contains("| writeLayerTf32 | 1 |"), page);
    assertTrue(page.contains("| writeLogitsTf32 | 1 |"), page);
    assertFalse(page.contains("null"), page);
  }
}
