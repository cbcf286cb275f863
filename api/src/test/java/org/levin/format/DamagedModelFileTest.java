package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.SequenceModel;

/** Every truncation, bit flip and many mutants are tried by {@code org.levin.hostile}. */
class DamagedModelFileTest {
  private static final String VOCABULARY = "levin.vocabulary";
  private static final String ARCHITECTURE = "levin.architecture";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"levin.format", "levin.architecture", "levin.vocabulary", "levin.provenance"})
  void namesTheMetadataThatIsMissing(String key) {
    refuses("the metadata " + key + " is missing", new RawModel().without(key));
  }

  @Test
  void weightsOfAnotherProgramAreNoModel() {
    refuses(
        "is no model of Levin",
        RawFile.of(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[4]));
  }

  @Test
  void refusesAnotherVersionOfTheFormat() {
    for (String version : new String[] {"2", "", "1.0", " 1"}) {
      refuses(
          "levin.format is " + version + ", expected 1",
          new RawModel().with("levin.format", version));
    }
  }

  @Test
  void refusesAnArchitectureThatIsNone() {
    refusesArchitecture("is no JSON", "{");
    refusesArchitecture("is no JSON", "{} {}");
    refusesArchitecture("is no JSON", "{\"type\":\"lstm\",\"type\":\"lstm\"}");
    refusesArchitecture("is no JSON", "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000));
    refusesArchitecture("is not a JSON object", "");
    refusesArchitecture("is not a JSON object", "null");
    refusesArchitecture("is not a JSON object", "[1]");
    refusesArchitecture("has no text \"type\"", "{}");
    refusesArchitecture("has no text \"type\"", "{\"type\":1}");
    refusesArchitecture(
        "type \"gru\", expected \"lstm\"", RawModel.ARCHITECTURE.replace("lstm", "gru"));
    for (String bad : new String[] {"0", "-1", "1.0", "\"1\"", "null", "4294967297", "1e9"}) {
      refusesArchitecture(
          "has no \"layers\" of at least 1",
          RawModel.ARCHITECTURE.replace("\"layers\":1", "\"layers\":" + bad));
      refusesArchitecture(
          "has no \"hiddenSize\" of at least 1",
          RawModel.ARCHITECTURE.replace("\"hiddenSize\":1", "\"hiddenSize\":" + bad));
      refusesArchitecture(
          "has no \"vocabularySize\" of at least 1",
          RawModel.ARCHITECTURE.replace("Size\":2", "Size\":" + bad));
    }
  }

  @Test
  void refusesAnArchitectureThatTheTensorsDoNotBearOut() {
    refusesArchitecture(
        "promises 40 parameters, but the tensors hold 24",
        RawModel.ARCHITECTURE.replace("layers\":1", "layers\":2"));
    refusesArchitecture(
        "promises " + Long.MAX_VALUE + " parameters, but the tensors hold 24",
        RawModel.ARCHITECTURE.replace("\":1", "\":2147483647"));
  }

  @Test
  void refusesAVocabularyThatIsNone() {
    refusesVocabulary("is no JSON", "nonsense");
    refusesVocabulary("is no JSON", "{\"type\":" + "[".repeat(50_000));
    refusesVocabulary("is not a JSON object", "[\"a\",\"b\"]");
    refusesVocabulary("has no text \"type\"", "{\"symbols\":[\"a\",\"b\"]}");
    refusesVocabulary("has no text \"fingerprint\"", "{\"type\":\"bytes\"}");
    refusesVocabulary(
        "has no list \"symbols\"", RawModel.VOCABULARY.replaceFirst(",\"symbols\".*", "}"));
    refusesVocabulary(
        "has no list \"symbols\"",
        RawModel.VOCABULARY.replace("[\"a\",\"b\"]", "{\"x\":\"a\",\"y\":\"b\"}"));
    refusesSymbols("has a symbol that is no text: \"1\"", "1,2");
    refusesSymbols("has a symbol that is no text: \"a list or an object\"", "\"a\",[[\"b\"]]");
    refusesSymbols("symbol 1 must be one character", "\"a\",\"\"");
    refusesSymbols("symbol 0 must be one character", "\"ab\",\"c\"");
    refusesSymbols("symbols 0 and 1 are both", "\"a\",\"a\"");
    refusesSymbols("has a symbol that is no text", "\"a\",\"\\ud800\"");
  }

  @Test
  void refusesAVocabularyThatItsFingerprintDoesNotBearOut() {
    refusesSymbols("but it says " + RawModel.FINGERPRINT, "\"b\",\"a\"");
    refusesVocabulary(
        "but it says " + RawModel.FINGERPRINT, RawModel.VOCABULARY.replace("code-points", "bytes"));
  }

  @Test
  void refusesAVocabularyOfAnotherSizeThanTheArchitectures() {
    refusesArchitecture(
        "has 2 symbols, but levin.architecture says 3",
        RawModel.ARCHITECTURE.replace("Size\":2", "Size\":3"));
  }

  @Test
  void refusesTensorsThatAreNotTheArchitectures() {
    refuses("the tensors hold 16", new RawModel().without("lstm.weight_ih_l0"));
    refuses("the tensors hold 25", new RawModel().tensor("more", 1));
    refuses(
        "the tensor lstm.weight_ih_l0 is missing",
        new RawModel().without("lstm.weight_ih_l0").tensor("lstm.weight_ih", 4, 2));
    refuses(
        "the tensor lstm.weight_ih_l0 has the shape [2, 4], expected [4, 2]",
        new RawModel().tensor("lstm.weight_ih_l0", 2, 4));
    refuses(
        "the tensor fc.bias has the shape [2, 1], expected [2]",
        new RawModel().tensor("fc.bias", 2, 1));
    refuses("unexpected tensors: empty", new RawModel().tensor("empty", 0, 3));
  }

  @Test
  void refusesWeightsThatAreNotFinite() {
    refuses("fc.bias has the value NaN at 1", new RawModel().lastValue(Float.NaN));
    refuses(
        "fc.bias has the value Infinity at 1", new RawModel().lastValue(Float.POSITIVE_INFINITY));
  }

  @Test
  void aFileThatIsNotThereIsNotDamaged() {
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> SequenceModel.load(missing));
  }

  private void refusesArchitecture(String message, String json) {
    refuses(message, new RawModel().with(ARCHITECTURE, json));
  }

  private void refusesVocabulary(String message, String json) {
    refuses(message, new RawModel().with(VOCABULARY, json));
  }

  private void refusesSymbols(String message, String symbols) {
    refusesVocabulary(message, RawModel.VOCABULARY.replace("\"a\",\"b\"", symbols));
  }

  private void refuses(String message, RawModel model) {
    refuses(message, model.toBytes());
  }

  private void refuses(String message, byte[] bytes) {
    Path file = RawFile.write(folder, bytes);
    String actual =
        assertThrows(DamagedFileException.class, () -> SequenceModel.load(file)).getMessage();
    assertTrue(actual.startsWith(file + ": "), actual);
    assertTrue(actual.contains(message), () -> "expected " + message + ", but was: " + actual);
    assertEquals(actual, actual.strip());
  }
}
