package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.training.TrainingState;

/** What a checkpoint says of its training is believed only as far as it can be true. */
class DamagedTrainingStateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of another kind, out of every range, or nothing at all. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e3",
          "1e999",
          "9223372036854775808",
          "\"\"",
          "\"NaN\"",
          "\"1\"",
          "\"text\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"a\":1}",
          "[".repeat(20) + "]".repeat(20));

  @TempDir Path folder;
  private Path file;
  private Safetensors whole;
  private String json;

  @BeforeEach
  void writeACheckpoint() throws IOException {
    file = folder.resolve("checkpoint");
    SampleCheckpoint.checkpoint().write(file);
    whole = Safetensors.read(file);
    json = whole.metadata().get("levin.training");
  }

  @Test
  void eachFieldIsNeededAndItsNameIsSaid() throws IOException {
    for (String pointer : pointers()) {
      ObjectNode changed = (ObjectNode) JSON.readTree(json);
      if (changed.at(parent(pointer)) instanceof ObjectNode parent
          && !List.of("steps", "validateEvery", "patience").contains(name(pointer))) {
        parent.remove(name(pointer));
        assertDamaged(changed.toString(), name(pointer));
      }
    }
  }

  /** A value may happen to be possible; then it is what is read. Nothing else may come of it. */
  @Test
  void noValueOfAnyFieldIsMoreThanRefused() throws IOException {
    int refused = 0;
    for (String pointer : pointers()) {
      for (String value : VALUES) {
        ObjectNode changed = (ObjectNode) JSON.readTree(json);
        JsonNode parent = changed.at(parent(pointer));
        JsonNode node = JSON.readTree(value);
        if (parent instanceof ArrayNode array) {
          array.set(Integer.parseInt(name(pointer)), node);
        } else {
          ((ObjectNode) parent).set(name(pointer), node);
        }
        refused += isRefused(changed.toString(), pointer + " = " + value) ? 1 : 0;
      }
    }
    assertTrue(refused > pointers().size() * VALUES.size() / 2, "refused: " + refused);
  }

  private boolean isRefused(String training, String what) throws IOException {
    try {
      TrainingState state = TrainingJson.read(file, "levin.training", training);
      JsonNode read = JSON.readTree(TrainingJson.write(state));
      assertTrue(JSON.readTree(training).equals(DamagedTrainingStateTest::compare, read), what);
      return false;
    } catch (DamagedFileException e) {
      assertTrue(e.getMessage().contains("levin.training"), e.getMessage());
      return true;
    } catch (RuntimeException e) {
      return fail(what, e);
    }
  }

  /** A whole number where a real one is meant is the same number. */
  private static int compare(JsonNode one, JsonNode other) {
    boolean same =
        one.isNumber() && other.isNumber()
            ? one.doubleValue() == other.doubleValue()
            : one.equals(other);
    return same ? 0 : 1;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/step                            | 0                | step must be at least 1",
        "/step                            | 41               | step 41 is behind the last of 40",
        "/steps                           | 41               | steps",
        "/steps                           | 9                | steps",
        "/rows                            | 0                | rows must be at least 1",
        "/stepsPerEpoch                   | 0                | stepsPerEpoch must be at least 1",
        "/trainingLoss                    | \"NaN\"          | trainingLoss",
        "/trainingLoss                    | 1e999            | trainingLoss",
        "/validations/0/step              | 8                | validation after step 8",
        "/validations/1/step              | 10               | validation after step 10",
        "/validations/0/loss              | 1e999            | loss",
        "/validations/0/best              | false            | worse than one",
        "/validations/1/best              | true             | better than all",
        "/start                           | \"abc\"          | start must be 64",
        "/engines                         | []               | an engine",
        "/checkpointEvery                 | \"often\"        | checkpoint interval",
        "/options/layers                  | 0                | layers must be at least 1",
        "/options/dropout                 | 1                | dropout must be at least 0 and below 1",
        "/options/schedule                | \"steep\"        | steep",
        "/options/initialization          | \"zero\"         | zero",
        "/options/seed                    | 0.5              | seed must be a whole number",
        "/options/hiddenSize              | 4294967299       | hiddenSize is too large",
        "/corpus/tokens                   | 0                | tokens must be at least 1",
        "/corpus/validationTokens         | 8                | more than the corpus has",
        "/corpus/vocabularyFingerprint    | \"abc\"          | vocabularyFingerprint",
        "/corpus/sources/0/sha256         | \"abc\"          | SHA-256",
        "/corpus/sources/0/size           | -1               | size",
        "/corpus/sources/0/name           | \"\"             | name"
      })
  void aValueThatCannotBeIsNamed(String pointer, String value, String said) throws IOException {
    ObjectNode changed = (ObjectNode) JSON.readTree(json);
    ((ObjectNode) changed.at(parent(pointer))).set(name(pointer), JSON.readTree(value));
    assertDamaged(changed.toString(), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "1", "\"text\"", "{\"step\":", "nonsense"})
  void whatIsNoStateAtAllIsRefused(String text) throws IOException {
    assertDamaged(text, "levin.training");
  }

  @Test
  void aFieldTwiceOrOneTooManyOrMoreBehindTheEndIsRefused() throws IOException {
    assertDamaged(json.replaceFirst("\\{", "{\"rows\":5,"), "rows");
    assertDamaged(json.replaceFirst("\\{", "{\"momentum\":5,"), "momentum");
    assertDamaged(json.replaceFirst("\"layers\"", "\"momentum\":5,\"layers\""), "momentum");
    assertDamaged(json + " {}", "levin.training");
  }

  @Test
  void whatIsLongIsCutShortInTheMessage() throws IOException {
    write(json.replace("\"4\"", "\"" + "x".repeat(100_000) + "\""));
    DamagedFileException refused =
        assertThrows(DamagedFileException.class, () -> CheckpointFile.readState(file));
    assertTrue(refused.getMessage().length() < 1_000, () -> refused.getMessage().substring(0, 999));
  }

  @Test
  void anotherArchitectureThanTheTensorsIsRefused() throws IOException {
    assertCheckpointDamaged("/options/layers", "3", "state.hidden");
    assertCheckpointDamaged("/options/hiddenSize", "4", "state.hidden");
    assertCheckpointDamaged("/rows", "6", "state.hidden");
    assertCheckpointDamaged("/rows", "2147483647", "state.hidden");
    assertCheckpointDamaged(
        "/corpus/vocabularyFingerprint", "\"" + "2".repeat(64) + "\"", "vocabulary");
  }

  private void assertCheckpointDamaged(String pointer, String value, String said)
      throws IOException {
    ObjectNode changed = (ObjectNode) JSON.readTree(json);
    ((ObjectNode) changed.at(parent(pointer))).set(name(pointer), JSON.readTree(value));
    write(changed.toString());
    DamagedFileException refused =
        assertThrows(DamagedFileException.class, () -> CheckpointFile.read(file));
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }

  private void assertDamaged(String training, String said) throws IOException {
    write(training);
    DamagedFileException refused =
        assertThrows(DamagedFileException.class, () -> CheckpointFile.readState(file), said);
    assertTrue(refused.getMessage().contains(said), said + " is not in: " + refused.getMessage());
    assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
  }

  private void write(String training) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
    metadata.put("levin.training", training);
    new Safetensors(metadata, whole.tensors()).write(file);
  }

  /** Returns where every value of the state is. */
  private List<String> pointers() throws JsonProcessingException {
    List<String> pointers = new ArrayList<>();
    collect("", JSON.readTree(json), pointers);
    assertTrue(pointers.size() > 50, "pointers: " + pointers);
    assertEquals(OptionalInt.of(3), SampleCheckpoint.checkpoint().state().options().patience());
    return pointers;
  }

  private static void collect(String pointer, JsonNode node, List<String> pointers) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(field -> collect(pointer + "/" + field.getKey(), field.getValue(), pointers));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(pointer + "/" + i, array.get(i), pointers);
      }
    }
    if (!pointer.isEmpty()) {
      pointers.add(pointer);
    }
  }

  private static String parent(String pointer) {
    return pointer.substring(0, pointer.lastIndexOf('/'));
  }

  private static String name(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }
}
