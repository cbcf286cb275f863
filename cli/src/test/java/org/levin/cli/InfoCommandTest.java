package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void aModel() throws IOException {
    model = Texts.model(folder);
  }

  @Test
  void tellsTheFactsOfAModel() throws IOException {
    JsonNode facts = levin("info", "--model", model, "--json").json();
    int symbols = (int) Texts.of(1).codePoints().distinct().count();
    assertEquals(
        new ObjectMapper().readTree("{\"type\":\"lstm\",\"layers\":1,\"hiddenSize\":8}"),
        facts.get("architecture"));
    assertEquals(symbols, facts.get("vocabularySize").intValue());
    int gates = 4 * 8;
    assertEquals(
        gates * symbols + gates * 8 + 2 * gates + symbols * 8 + symbols,
        facts.get("parameterCount").intValue());
    assertTrue(
        facts.get("provenance").toString().contains("org.levin.provenance.TrainerConfiguration"));
    assertTrue(facts.get("provenance").toString().contains(sha256(Files.readAllBytes(text()))));
  }

  @Test
  void theDigestOfTheParametersIsThatOfTheTensorsInTheFile() throws IOException {
    assertEquals(
        digestOfTensors(),
        levin("info", "--model", model, "--json").json().get("parametersSha256").textValue());
  }

  /** The safetensors format, read by hand: tensors by name, their bytes as they lie in the file. */
  private static String digestOfTensors() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(model)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] headerBytes = new byte[(int) file.getLong()];
    file.get(headerBytes);
    ByteBuffer data = file.slice();
    Map<String, byte[]> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry :
        new ObjectMapper().readTree(headerBytes).properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        JsonNode offsets = entry.getValue().get("data_offsets");
        byte[] values = new byte[offsets.get(1).intValue() - offsets.get(0).intValue()];
        data.get(offsets.get(0).intValue(), values);
        tensors.put(entry.getKey(), values);
      }
    }
    assertEquals(6, tensors.size());
    int total = tensors.values().stream().mapToInt(values -> values.length).sum();
    ByteBuffer all = ByteBuffer.allocate(total);
    tensors.values().forEach(all::put);
    return sha256(all.array());
  }

  @Test
  void showsPeopleTheProvenanceToo() {
    String text = levin("info", "--model", model).succeeded().out();
    assertTrue(text.contains("\"hiddenSize\" : 8"), text);
    assertTrue(text.contains("options  layers 1, hiddenSize 8, initialization fan-in"), text);
    assertTrue(text.contains("learningRate 0.001"), text);
    assertTrue(text.contains("text     " + text() + ", "), text);
    assertTrue(text.contains("result   step 5, training loss "), text);
    assertTrue(text.contains("engine cpu"), text);
  }

  @Test
  void tellsWhereTheTrainingOfACheckpointStands() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    levin(
            Texts.training(
                "--text",
                text(),
                "--model",
                folder.resolve("other"),
                "--steps",
                3,
                "--checkpoint",
                checkpoint))
        .succeeded();
    JsonNode facts = levin("info", "--model", checkpoint, "--json").json();
    assertEquals(3, facts.get("checkpoint").get("step").intValue());
    assertEquals(3, facts.get("checkpoint").get("steps").intValue());
    assertFalse(levin("info", "--model", model, "--json").json().has("checkpoint"));
  }

  @Test
  void tellsWhereAFineTunedModelStarted() {
    Path tuned = folder.resolve("tuned");
    levin(
            "train",
            "--from",
            model,
            "--text",
            text(),
            "--model",
            tuned,
            "--batch",
            4,
            "--sequence",
            8,
            "--steps",
            2)
        .succeeded();
    String shown = levin("info", "--model", tuned).succeeded().out();
    assertTrue(shown.contains("start    a model whose parameters have the SHA-256 "), shown);
    assertTrue(shown.contains("\n  result   step 5, training loss "), shown);
  }

  @Test
  void tellsTheFactsOfACorpus() throws IOException {
    Path corpus = folder.resolve("corpus.arrow");
    levin("encode", "--text", text(), "--output", corpus).succeeded();
    JsonNode facts = levin("info", "--corpus", corpus, "--json").json();
    assertEquals(Texts.of(40).codePoints().count(), facts.get("tokens").longValue());
    assertEquals(
        Texts.of(1).codePoints().distinct().count(), facts.get("vocabularySize").longValue());
    JsonNode source = facts.get("sources").get(0);
    assertEquals("text.txt", source.get("name").textValue());
    assertEquals(Files.size(text()), source.get("size").longValue());
    assertEquals(sha256(Files.readAllBytes(text())), source.get("sha256").textValue());
    assertEquals(facts, new ObjectMapper().readTree(levin("info", "--corpus", corpus).out()));
    assertEquals(
        levin("info", "--model", model, "--json").json().get("vocabularyFingerprint"),
        facts.get("vocabularyFingerprint"));
  }

  @Test
  void aModelOrACorpusIsNeeded() {
    levin("info").misused("--model", "--corpus");
    levin("info", "--model", model, "--corpus", model).misused("--model", "--corpus");
  }

  private static Path text() {
    return folder.resolve("text.txt");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
