package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesCommandTest {
  @TempDir Path folder;

  @Test
  void marksTheEngineThatWillBeUsedAndSaysWhichKernelsRun() {
    String text = levin("engines").succeeded().out();
    assertEquals(1, text.lines().filter(line -> line.startsWith("* ")).count());
    assertTrue(text.lines().anyMatch(line -> line.matches("[* ] cpu  Vector API, \\d+-bit")), text);
  }

  @Test
  void theJsonSaysWhatIsAvailableAndSelected() throws IOException {
    JsonNode engines = levin("engines", "--json").json();
    JsonNode cpu = cpu(engines);
    List<String> names = new ArrayList<>();
    cpu.fieldNames().forEachRemaining(names::add);
    assertEquals(List.of("name", "available", "detail", "priority", "selected"), names);
    assertTrue(cpu.get("available").booleanValue());
    assertEquals(0, cpu.get("priority").intValue());
    int selected = 0;
    for (JsonNode engine : engines) {
      selected += engine.get("selected").booleanValue() ? 1 : 0;
    }
    assertEquals(1, selected);
  }

  @Test
  void anEngineThatCannotWorkSaysWhyAndWhatToDo() throws Exception {
    ChildJvm impossible = new ChildJvm(folder, List.of("-Dlevin.cpu.kernels=vector"));
    JsonNode cpu = cpu(impossible.levin("engines", "--json").json());
    assertEquals(false, cpu.get("available").booleanValue());
    assertEquals(false, cpu.get("selected").booleanValue());
    assertTrue(cpu.get("reason").textValue().contains("jdk.incubator.vector is missing"));
    assertTrue(cpu.get("remedy").textValue().contains("--add-modules jdk.incubator.vector"));
  }

  private static JsonNode cpu(JsonNode engines) {
    for (JsonNode engine : engines) {
      if (engine.get("name").textValue().equals("cpu")) {
        return engine;
      }
    }
    throw new AssertionError("no engine cpu in " + engines);
  }
}
