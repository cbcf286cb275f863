package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.engine.cuda.Programs;

/** The program that measures PyTorch, over something that only looks like it. */
class TorchProgramTest {
  private static final String PROGRAM = "src/test/python/torch_lstm.py";

  /** Everything can be done with it, losses are not finite, and one precision fails. */
  private static final String FAKE =
      """
      import sys
      from unittest.mock import MagicMock

      class Torch(MagicMock):
          __version__ = "0"

      torch = Torch()
      torch.backends.cudnn.version.return_value = 1
      torch.tensor.return_value.__len__.return_value = 1000
      loss = torch.nn.functional.cross_entropy.return_value.detach.return_value
      loss.item.return_value = float("nan")
      loss.__float__.return_value = float("inf")
      torch.nn.LSTM.return_value.to.return_value.return_value = MagicMock(), [MagicMock(), MagicMock()]

      def autocast(device, dtype, enabled):
          if enabled:
              raise ValueError("no such type")
          return MagicMock()

      torch.autocast = autocast
      sys.modules[__name__] = torch
      """;

  @TempDir Path folder;

  private List<ObjectNode> run(Map<String, String> environment)
      throws IOException, InterruptedException {
    Programs.assumeInstalled("python3");
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "a text");
    List<String> command = List.of("python3", PROGRAM, "--text", text.toString());
    List<String> sizes = List.of("--seconds", "0", "--warm", "0", "2x3x4x5");
    String output =
        Programs.run(
            environment, java.util.stream.Stream.of(command, sizes).flatMap(List::stream).toList());
    return output.lines().flatMap(line -> ResultLine.read(line).stream()).toList();
  }

  @Test
  void tellsEachOfItsMeasurementsAndWhatIsNotFiniteAsNull() throws Exception {
    Files.writeString(folder.resolve("torch.py"), FAKE);
    List<ObjectNode> results = run(Map.of("PYTHONPATH", folder.toString()));
    assertEquals(4, results.size(), results::toString);
    for (ObjectNode result : results.subList(0, 2)) {
      assertTrue(result.path("charactersPerSecond").asDouble() > 0, result::toString);
      assertTrue(result.path("loss").isNull(), result::toString);
      assertTrue(result.path("cudnn.allow_tf32").asBoolean(), result::toString);
      assertTrue(result.path("matmul.allow_tf32").asBoolean(), result::toString);
    }
    assertEquals("loss read at the end", results.get(0).path("reading").asText());
    assertEquals("loss read every step", results.get(1).path("reading").asText());
    assertEquals("no such type", results.get(3).path("error").asText());
  }

  @Test
  void tellsThatThereIsNoTorch() throws Exception {
    Files.writeString(folder.resolve("torch.py"), "raise ImportError('none here')");
    List<ObjectNode> results = run(Map.of("PYTHONPATH", folder.toString()));
    assertTrue(
        results.getFirst().path(ResultLine.NOT_AVAILABLE).asText().endsWith("none here"),
        results::toString);
  }
}
