package org.levin.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.provenance.ModelProvenance;

/** What a user has who has Tribuo and a provenance of ours, but no jar of Levin. */
class PlainTribuoTest {
  private static final String PROGRAM =
      """
      import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
      import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
      import java.nio.file.*;
      import org.tribuo.provenance.EvaluationProvenance;
      import org.tribuo.provenance.ModelProvenance;

      public class Program {
        public static void main(String[] arguments) throws Exception {
          String json = Files.readString(Path.of(arguments[0]));
          JsonProvenanceSerialization serialization = new JsonProvenanceSerialization(false);
          ModelProvenance read =
              (ModelProvenance) serialization.deserializeAndUnmarshal(json);
          System.out.println(read.getTrainerProvenance().getClassName());
          System.out.println(read.getDatasetProvenance().getSourceProvenance().getClassName());
          System.out.println(read.getInstanceProvenance().getMap().get("training-loss"));
          ModelProvenance again =
              (ModelProvenance)
                  serialization.deserializeAndUnmarshal(serialization.marshalAndSerialize(read));
          System.out.println(again.equals(read));
          String shown = ProvenanceUtil.formattedProvenanceString(read);
          System.out.println(shown.contains("learningRate") || shown.contains("layers = 2"));
          ModelProvenance parent =
              (ModelProvenance) read.getInstanceProvenance().getMap().get("parent");
          System.out.println(parent.getInstanceProvenance().getMap().get("training-loss"));
          EvaluationProvenance evaluation =
              (EvaluationProvenance)
                  serialization.deserializeAndUnmarshal(Files.readString(Path.of(arguments[1])));
          System.out.println(evaluation.getModelProvenance().equals(read));
          System.out.println(evaluation.getTestDatasetProvenance().toString().contains("2.25"));
          try {
            Class.forName("org.levin.provenance.ModelProvenances");
          } catch (ClassNotFoundException e) {
            System.out.println("no Levin");
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void loadsTheRecordWithoutLevinAndWithoutUnsafeMemoryAccess()
      throws IOException, InterruptedException, URISyntaxException {
    Path program = Files.writeString(folder.resolve("Program.java"), PROGRAM);
    Path json = folder.resolve("provenance.json");
    Path evaluation = folder.resolve("evaluation.json");
    ModelProvenance model = ModelProvenances.of(Records.fineTuned());
    Files.writeString(json, ModelProvenances.toJson(model));
    Files.writeString(
        evaluation,
        EvaluationProvenances.toJson(EvaluationProvenances.of(model, Records.evaluation())));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=deny",
                "-XX:TieredStopAtLevel=1",
                "--class-path",
                classPath(),
                program.toString(),
                json.toString(),
                evaluation.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertTrue(ended, text);
    assertEquals(
        List.of(
            "org.levin.provenance.TrainerConfiguration",
            "org.levin.corpus.Corpus",
            "1.5981",
            "true",
            "true",
            "1.5981",
            "true",
            "true",
            "no Levin"),
        text.lines().toList());
  }

  /** The jars of Tribuo's core, OLCUT and Jackson, wherever the build has them. */
  private static String classPath() throws URISyntaxException {
    List<String> jars = new ArrayList<>();
    for (Class<?> type :
        List.of(
            ModelProvenance.class,
            ProvenanceUtil.class,
            JsonProvenanceSerialization.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class)) {
      jars.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, jars);
  }
}
