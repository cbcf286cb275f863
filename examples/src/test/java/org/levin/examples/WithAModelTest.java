package org.levin.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.model.LstmArchitecture;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.Sampler;

/** The examples that begin with a trained model. */
class WithAModelTest {
  private static final String LINE = "Her name was Anna-Maria, and all was well.\n";

  @TempDir static Path folder;
  private static Path file;

  private final PrintStream standard = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void train() throws IOException {
    file = folder.resolve("model.safetensors");
    try (Corpus corpus = Corpus.of((LINE + LINE + "\n").repeat(40));
        SequenceModel model =
            Trainer.builder()
                .architecture(LstmArchitecture.of(1, 32))
                .dropout(0)
                .batchSize(8)
                .sequenceLength(25)
                .learningRate(0.01)
                .epochs(6)
                .build()
                .train(corpus)) {
      model.save(file);
    }
  }

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(standard);
  }

  @Test
  void writesAParagraphAndSaysHow() throws IOException {
    WriteAsItComes.main(new String[] {file.toString(), "Her "});
    String printed = out.toString(StandardCharsets.UTF_8);
    assertTrue(printed.startsWith("Her name was "), printed);
    assertTrue(
        printed.contains("(top-k(20) -> min-p(0.02) -> temperature(0.8); ended by "), printed);
  }

  @Test
  void findsTheLineThatIsStrange() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), LINE.repeat(5) + "llaaw nn rrr\n\n" + LINE);
    StrangestLines.main(new String[] {file.toString(), log.toString()});
    String[] lines = out.toString(StandardCharsets.UTF_8).split(System.lineSeparator());
    assertEquals(7, lines.length);
    assertTrue(lines[0].endsWith("llaaw nn rrr"), lines[0]);
  }

  @Test
  void inventsNames() throws IOException {
    InventNames.main(new String[] {file.toString(), "12"});
    String printed = out.toString(StandardCharsets.UTF_8);
    assertEquals(12, printed.lines().count());
    assertTrue(
        printed.lines().allMatch(name -> name.matches("[A-Z][a-z]{3,8}(-[A-Z][a-z]{3,8})?")),
        printed);
  }

  @Test
  void isJudgedByTribuo() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), LINE.repeat(20));
    JudgeWithTribuo.main(new String[] {file.toString(), text.toString()});
    String printed = out.toString(StandardCharsets.UTF_8);
    assertTrue(printed.contains("Accuracy"), printed);
    assertTrue(printed.contains("Micro Average"), printed);
  }

  @Test
  void streamsToWhoeverAsks() throws Exception {
    try (SequenceModel model = SequenceModel.load(file);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpServer server = StreamOverHttp.serve(model, 0);
      try {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/?Her%20n");
        HttpResponse<String> answer =
            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(model.generate("Her n", GenerationOptions.of(Sampler.topK(5))), answer.body());
      } finally {
        server.stop(0);
      }
    }
  }
}
