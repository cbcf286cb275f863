package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.levin.cli.Outcome.levin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineProvider;

class EnginesCommandTest {
  @TempDir Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private URLClassLoader loader = new URLClassLoader(new URL[0], before);

  @AfterEach
  void takeTheJarOffTheClassPath() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }

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
    assertEquals(List.of("name", "available", "detail", "priority", "selected"), names(cpu));
    assertTrue(cpu.get("available").booleanValue());
    assertEquals(0, cpu.get("priority").intValue());
    int selected = 0;
    for (JsonNode engine : engines) {
      selected += engine.get("selected").booleanValue() ? 1 : 0;
    }
    assertEquals(1, selected);
  }

  @Test
  void withoutAGpuTheCudaEngineSaysWhatIsMissingAndTheCpuIsTaken() throws IOException {
    JsonNode cuda = named("cuda", levin("engines", "--json").json());
    assumeFalse(cuda.get("available").booleanValue(), "there is a GPU");
    assertFalse(cuda.get("reason").textValue().isBlank());
    assertFalse(cuda.get("remedy").textValue().isBlank());
    Path text = Texts.write(folder.resolve("text"), 40);
    Path model = folder.resolve("model");
    levin(Texts.training("--text", text, "--model", model, "--steps", 1, "--engine", "cuda"))
        .failed("cuda", cuda.get("reason").textValue(), cuda.get("remedy").textValue());
    levin(Texts.training("--text", text, "--model", model, "--steps", 1)).succeeded();
    assertTrue(levin("info", "--model", model).out().contains("engine cpu"));
    levin("score", "--model", model, "--engine", "cuda", "--text", text)
        .failed("cuda", cuda.get("reason").textValue());
    levin("score", "--model", model, "--engine", "cpu", "--text", text).succeeded();
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

  @Test
  void aBrokenEngineIsNamedAndHidesNoOther() throws IOException {
    jarOnTheClassPath("engine.jar", "broken.CudaEngineProvider");
    Outcome outcome = levin("engines").succeeded();
    assertEquals("", outcome.err(), "the list says it all");
    assertTrue(outcome.out().contains("* cpu  Vector API"), outcome.out());
    assertTrue(
        outcome
            .out()
            .contains(
                "  broken.CudaEngineProvider  broken: its class is not on the class path; add the"
                    + " jar that has the class, or remove "
                    + folder.resolve("engine.jar")),
        outcome.out());

    JsonNode broken = named("broken.CudaEngineProvider", levin("engines", "--json").json());
    assertEquals(List.of("name", "available", "reason", "remedy", "selected"), names(broken));
    assertFalse(broken.get("available").booleanValue());
    assertFalse(broken.get("selected").booleanValue());
    assertEquals("its class is not on the class path", broken.get("reason").textValue());
  }

  @Test
  void whoAsksForAnEngineThatIsBrokenHearsOfIt() throws IOException {
    jarOnTheClassPath("engine.jar", "broken.TpuEngineProvider");
    Path text = folder.resolve("text");
    Texts.write(text, 40);
    levin("train", "--text", text, "--model", folder.resolve("model"), "--engine", "tpu")
        .misused("unknown engine \"tpu\"", "cpu", "broken.TpuEngineProvider: its class is not");
  }

  @Test
  void twoOfOneNameAreBothListedAndThenTheCommandFails() throws IOException {
    jarOnTheClassPath("second.jar", SecondCpu.class.getName());
    Outcome outcome = levin("engines", "--json");
    assertEquals(1, outcome.code());
    JsonNode engines = new ObjectMapper().readTree(outcome.out());
    List<JsonNode> clashing = new ArrayList<>();
    for (JsonNode engine : engines) {
      if (engine.get("name").textValue().equals("cpu")) {
        clashing.add(engine);
      }
    }
    assertEquals(2, clashing.size());
    for (JsonNode engine : clashing) {
      assertEquals(
          List.of("name", "available", "reason", "remedy", "priority", "selected"), names(engine));
      assertFalse(engine.get("available").booleanValue());
      assertTrue(engine.get("reason").textValue().contains("clashes with"));
      assertTrue(engine.get("reason").textValue().contains(SecondCpu.class.getName()));
    }
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(
        outcome.err().startsWith("levin: two engines on the class path have the name cpu: "),
        outcome.err());
    assertEquals(
        2, levin("engines").out().lines().filter(line -> line.startsWith("  cpu  ")).count());
  }

  @Test
  void aForcedNameThatNobodyHasStillGetsTheList() {
    System.setProperty("levin.engine", "abacus");
    try {
      Outcome outcome = levin("engines");
      assertEquals(2, outcome.code());
      assertTrue(outcome.out().startsWith("  cpu  Vector API"), outcome.out());
      assertTrue(outcome.err().contains("unknown engine \"abacus\""), outcome.err());
    } finally {
      System.clearProperty("levin.engine");
    }
  }

  private void jarOnTheClassPath(String name, String provider) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + EngineProvider.class.getName()));
      out.write(provider.getBytes(StandardCharsets.UTF_8));
    }
    loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  private static List<String> names(JsonNode engine) {
    List<String> names = new ArrayList<>();
    engine.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode cpu(JsonNode engines) {
    return named("cpu", engines);
  }

  private static JsonNode named(String name, JsonNode engines) {
    for (JsonNode engine : engines) {
      if (engine.get("name").textValue().equals(name)) {
        return engine;
      }
    }
    throw new AssertionError("no engine " + name + " in " + engines);
  }

  /** An engine that takes the name of another. */
  public static final class SecondCpu implements EngineProvider {
    @Override
    public String name() {
      return "cpu";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public Availability availability() {
      return new Availability.Available("test");
    }

    @Override
    public Engine open(EngineOptions options) {
      throw new IllegalStateException("nobody can choose it");
    }
  }
}
