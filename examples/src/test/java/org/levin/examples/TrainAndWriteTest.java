package org.levin.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.sampling.Sampler;

class TrainAndWriteTest {
  private static final String LINE = "The text is known. The example writes what it has read.\n";

  private final PrintStream standard = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(standard);
  }

  @Test
  void writesAModelATextItsScoreAndWhereItComesFrom() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), LINE.repeat(20));
    Path file = folder.resolve("model.safetensors");
    TrainAndWrite.main(new String[] {text.toString(), file.toString()});
    String printed = out.toString(StandardCharsets.UTF_8);
    try (SequenceModel model = SequenceModel.load(file)) {
      String written = model.generate("The ", 300, Sampler.topK(5), 7);
      double bits = model.score("The text is known.").bitsPerToken();
      assertEquals(300, written.length());
      assertTrue(printed.startsWith(written + System.lineSeparator() + bits + " bits"), printed);
      double guessing = Math.log(model.vocabulary().size()) / Math.log(2);
      assertTrue(bits < guessing, () -> "it has learned nothing: " + bits + " bits");
      assertTrue(printed.endsWith(model.provenance() + System.lineSeparator()), printed);
    }
  }
}
