package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.SequenceModel;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;
import org.levin.text.CaseFoldingVocabulary;
import org.levin.text.Vocabulary;

class ModelFileTest {
  private static final LstmArchitecture ARCHITECTURE = LstmArchitecture.of(2, 7);

  @TempDir Path folder;

  static List<Vocabulary> vocabularies() {
    return List.of(
        Vocabulary.codePointsOf("a"),
        Vocabulary.codePointsOf("\0\n\"\\/ {}\u007fäß中\u2028\ufeff\uffff𝄞😀"),
        Vocabulary.bytes());
  }

  @ParameterizedTest
  @MethodSource("vocabularies")
  void readsWhatItWrote(Vocabulary vocabulary) throws IOException {
    ModelFile model = model(vocabulary, "{\"any\":\"text \\\" \n 𝄞\"}");
    Path file = folder.resolve("model.safetensors");
    model.write(file);
    ModelFile read = ModelFile.read(file);
    assertEquals(ARCHITECTURE, read.parameters().architecture());
    assertArrayEquals(model.parameters().toArray(), read.parameters().toArray());
    assertEquals(vocabulary, read.vocabulary());
    assertEquals(vocabulary.fingerprint(), read.vocabulary().fingerprint());
    assertEquals(model.provenance(), read.provenance());
    Path again = folder.resolve("again.safetensors");
    read.write(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void aModelIsReadThroughItsDoorToo() throws IOException {
    Path file = folder.resolve("model.safetensors");
    model(Vocabulary.codePointsOf("xyz"), "no provenance").write(file);
    try (SequenceModel model = SequenceModel.load(file)) {
      assertEquals(ARCHITECTURE, model.architecture());
      assertEquals(Vocabulary.codePointsOf("xyz"), model.vocabulary());
      Path copy = folder.resolve("copy.safetensors");
      model.save(copy);
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(copy));
      assertThrows(IllegalStateException.class, model::provenance);
    }
  }

  @Test
  void anyReaderOfSafetensorsFindsTheTensorsUnderPyTorchsNames() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Parameters parameters = model(Vocabulary.codePointsOf("0123456789"), "").parameters();
    new ModelFile(parameters, Vocabulary.codePointsOf("0123456789"), "").write(file);
    byte[] bytes = Files.readAllBytes(file);
    List<String> tensors = new ArrayList<>();
    NaiveSafetensors.header(bytes)
        .forEach(
            (name, entry) -> {
              if (!name.equals("__metadata__")) {
                tensors.add(name + " " + ((Map<?, ?>) entry).get("shape"));
              }
            });
    assertEquals(
        List.of(
            "lstm.weight_ih_l0 [28, 10]",
            "lstm.weight_hh_l0 [28, 7]",
            "lstm.bias_ih_l0 [28]",
            "lstm.bias_hh_l0 [28]",
            "lstm.weight_ih_l1 [28, 7]",
            "lstm.weight_hh_l1 [28, 7]",
            "lstm.bias_ih_l1 [28]",
            "lstm.bias_hh_l1 [28]",
            "fc.weight [10, 7]",
            "fc.bias [10]"),
        tensors);
    for (ParameterTensor tensor : parameters.tensors()) {
      List<Integer> bits = new ArrayList<>();
      for (float value : parameters.toArray(tensor)) {
        bits.add(Float.floatToRawIntBits(value));
      }
      assertEquals(bits, NaiveSafetensors.bits(bytes, tensor.name()), tensor.name());
    }
  }

  @Test
  void anyReaderOfSafetensorsFindsTheMetadata() throws IOException {
    Path file = folder.resolve("model.safetensors");
    model(Vocabulary.codePointsOf("a\n\"𝄞"), "{\"p\":1}").write(file);
    byte[] bytes = Files.readAllBytes(file);
    Map<?, ?> metadata = (Map<?, ?>) NaiveSafetensors.header(bytes).get("__metadata__");
    assertEquals(
        List.of(
            "levin.sha256",
            "levin.format",
            "levin.architecture",
            "levin.vocabulary",
            "levin.provenance"),
        List.copyOf(metadata.keySet()));
    assertEquals("1", metadata.get("levin.format"));
    assertEquals(
        "{\"type\":\"lstm\",\"layers\":2,\"hiddenSize\":7,\"vocabularySize\":4}",
        metadata.get("levin.architecture"));
    assertEquals(
        "{\"type\":\"code-points\",\"fingerprint\":\"%s\",\"symbols\":[\"\\n\",\"\\\"\",\"a\",\"𝄞\"]}"
            .formatted("6673755856c54d08cc6f6615e9fd14039fe28ce763038d620a2d0b13792886e3"),
        metadata.get("levin.vocabulary"));
    assertEquals("{\"p\":1}", metadata.get("levin.provenance"));
    assertArrayEquals(bytes, RawFile.sealed(bytes), "the digest is of the whole file");
  }

  @Test
  void readsAFileThatAnotherProgramWrote() throws IOException {
    ModelFile model = ModelFile.read(RawFile.write(folder, new RawModel().toBytes()));
    assertEquals(LstmArchitecture.of(1, 1), model.parameters().architecture());
    assertEquals(Vocabulary.codePointsOf("ab"), model.vocabulary());
    assertEquals(RawModel.PROVENANCE, model.provenance());
    float[] expected = new float[24];
    for (int i = 0; i < 23; i++) {
      expected[i] = i;
    }
    expected[23] = 1;
    assertArrayEquals(expected, model.parameters().toArray());
  }

  @Test
  void theOrderOfTheTensorsInAFileIsFree() throws IOException {
    byte[] bytes =
        new RawModel().without("lstm.weight_ih_l0").tensor("lstm.weight_ih_l0", 4, 2).toBytes();
    Parameters parameters = ModelFile.read(RawFile.write(folder, bytes)).parameters();
    assertArrayEquals(
        new float[] {16, 17, 18, 19, 20, 21, 22, 1},
        parameters.toArray(parameters.tensors().getFirst()));
  }

  @Test
  void aVocabularyOfTheCallersOwnTypeIsBroughtAlongOnLoading() throws IOException {
    Vocabulary folding = new CaseFoldingVocabulary();
    Path file = folder.resolve("folded.safetensors");
    model(folding, "").write(file);
    try (SequenceModel model = SequenceModel.load(file, folding)) {
      assertSame(folding, model.vocabulary());
    }
    var missing = assertThrows(IllegalArgumentException.class, () -> SequenceModel.load(file));
    assertEquals(
        file
            + " has a vocabulary of the type \"folded\", which a file cannot describe: load the model with its vocabulary",
        missing.getMessage());
  }

  @Test
  void aModelIsNotLoadedWithAnotherVocabularyThanItsOwn() throws IOException {
    Path file = folder.resolve("model.safetensors");
    model(Vocabulary.codePointsOf("ab"), "").write(file);
    assertEquals(
        Vocabulary.codePointsOf("ab"),
        ModelFile.read(file, Vocabulary.codePointsOf("ab")).vocabulary());
    for (Vocabulary other :
        List.of(new CaseFoldingVocabulary(), Vocabulary.codePointsOf("ac"), Vocabulary.bytes())) {
      var refusal =
          assertThrows(IllegalArgumentException.class, () -> SequenceModel.load(file, other));
      assertTrue(refusal.getMessage().contains("another vocabulary"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains(other.fingerprint()), refusal.getMessage());
    }
  }

  @Test
  void refusesAVocabularyOfAnotherSize() {
    Parameters parameters = Initialization.UNIFORM.parameters(ARCHITECTURE, 3, 1);
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ModelFile(parameters, Vocabulary.codePointsOf("ab"), ""));
    assertEquals(
        "the vocabulary has 2 symbols, but the parameters are for 3", refusal.getMessage());
  }

  private static ModelFile model(Vocabulary vocabulary, String provenance) {
    return new ModelFile(
        Initialization.UNIFORM.parameters(ARCHITECTURE, vocabulary.size(), 5),
        vocabulary,
        provenance);
  }
}
