package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command costs a user who does not use all of it. */
class StartUpTest {
  private static final List<String> UNUSED =
      List.of(
          "org.tribuo.",
          "com.oracle.labs.",
          "org.apache.arrow.",
          "com.google.flatbuffers.",
          "org.apache.lucene.",
          "com.fasterxml.jackson.databind.");

  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void aModel() throws IOException {
    model = Texts.model(folder);
  }

  @Test
  void samplingLoadsNeitherArrowNorTribuoNorAutomataNorTreesOfJson() throws Exception {
    List<String> loaded = loadedBy("sample", "--model", model, "--length", 20);
    assertTrue(
        loaded.contains("org.levin.sampling.GenerationSession"), "the log is one of classes");
    assertEquals(
        List.of(),
        loaded.stream().filter(name -> UNUSED.stream().anyMatch(name::startsWith)).toList());
  }

  @Test
  void theProvenanceDoesLoadTribuo() throws Exception {
    List<String> loaded = loadedBy("info", "--model", model);
    assertTrue(loaded.stream().anyMatch(name -> name.startsWith("org.tribuo.")));
    assertTrue(loaded.stream().anyMatch(name -> name.startsWith("com.oracle.labs.")));
  }

  @Test
  void withoutTheVectorApiOneLineSaysWhatToDo() throws Exception {
    Object[] sampling = {"sample", "--model", model, "--length", 50, "--seed", 5};
    Outcome plain = new ChildJvm(folder, List.of()).levin(sampling).succeeded();
    Outcome vector = ChildJvm.in(folder).levin(sampling).succeeded();
    assertEquals(vector.out(), plain.out());
    List<String> warnings = plain.err().lines().filter(line -> line.startsWith("WARNING")).toList();
    assertEquals(1, warnings.size(), plain::toString);
    assertTrue(warnings.getFirst().contains("--add-modules jdk.incubator.vector"));
    assertEquals(0, vector.err().lines().filter(line -> line.startsWith("WARNING")).count());
  }

  @Test
  void aQuietTrainingWritesNothingAtAllToStandardError() throws Exception {
    Path output = folder.resolve("quiet.safetensors");
    Outcome outcome =
        ChildJvm.in(folder)
            .levin(
                Texts.training(
                    "--text",
                    folder.resolve("text.txt"),
                    "--model",
                    output,
                    "--steps",
                    1,
                    "--quiet"))
            .succeeded();
    assertEquals("", outcome.err());
  }

  private static List<String> loadedBy(Object... arguments) throws Exception {
    Path log = folder.resolve("classes.log");
    ChildJvm jvm =
        new ChildJvm(
            folder,
            List.of(
                "--add-modules=jdk.incubator.vector",
                "-Xlog:class+load=info:file=" + log.getFileName() + "::filecount=0"));
    jvm.levin(arguments).succeeded();
    // [0.123s][info][class,load] org.levin.cli.Levin source: …
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> line.substring(line.indexOf("] ", line.lastIndexOf("][")) + 2).split(" ")[0])
          .toList();
    }
  }
}
