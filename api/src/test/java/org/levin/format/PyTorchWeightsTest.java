package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainingFacts;
import org.levin.text.Vocabulary;

class PyTorchWeightsTest {
  private static final LstmArchitecture ARCHITECTURE = LstmArchitecture.of(2, 5);
  private static final int SYMBOLS = 3;
  private static final Parameters PARAMETERS =
      Initialization.UNIFORM.parameters(ARCHITECTURE, SYMBOLS, 1);

  @TempDir Path folder;

  @Test
  void layersAndSizesAreReadOffTheTensors() throws IOException {
    Parameters read =
        PyTorchWeights.read(
            weights(tensors -> tensors.sorted(java.util.Comparator.comparing(Tensor::name))),
            SYMBOLS);
    assertEquals(ARCHITECTURE, read.architecture());
    assertEquals(SYMBOLS, read.vocabularySize());
    assertArrayEquals(PARAMETERS.toArray(), read.toArray());
  }

  @Test
  void anImportedModelIsAModelWithAnOriginThatIsSavedAndLoaded() throws IOException {
    Path weights = weights(UnaryOperator.identity());
    Path vocabulary = Files.writeString(folder.resolve("v.json"), "{\"😀\":1, \"b\":0, \"\\n\":2}");
    Path file = folder.resolve("model.safetensors");
    try (SequenceModel model = SequenceModel.importPyTorch(weights, vocabulary)) {
      assertEquals("b😀\n", model.vocabulary().decode(0, 1, 2));
      model.save(file);
    }
    try (SequenceModel model = SequenceModel.load(file)) {
      assertArrayEquals(PARAMETERS.toArray(), model.parameters().toArray());
      assertEquals(List.of(), TrainingFacts.sources(model.provenance()));
      String origin = ModelProvenances.toText(model.provenance());
      for (String part :
          List.of(
              PyTorchWeights.class.getName(),
              weights.toString(),
              vocabulary.toString(),
              Sha256.ofFile(weights),
              Sha256.ofFile(vocabulary))) {
        assertTrue(origin.contains(part), origin);
      }
    }
  }

  @Test
  void aModelNeedsNoImport() throws IOException {
    Path file = folder.resolve("model.safetensors");
    new ModelFile(PARAMETERS, Vocabulary.codePointsOf("abc"), "").write(file);
    refuses("is a model of Levin already", file, SYMBOLS);
  }

  @Test
  void otherModulesAreRefusedForWhatTheyAre() throws IOException {
    refuses(
        "has no tensor lstm.weight_ih_l0: expected the state dict of a module with an nn.LSTM named lstm",
        weights(tensors -> tensors.map(tensor -> named("rnn." + tensor.name(), tensor))),
        SYMBOLS);
    refuses("but found no tensor", weights(tensors -> Stream.empty()), SYMBOLS);
    refuses(
        "has lstm.weight_ih_l0_reverse: a bidirectional LSTM cannot write a text",
        weights(with(Tensor.of("lstm.weight_ih_l0_reverse", new float[2], 2))),
        SYMBOLS);
    refuses(
        "has lstm.weight_hr_l0: an LSTM with a projection",
        weights(with(Tensor.of("lstm.weight_hr_l0", new float[2], 2))),
        SYMBOLS);
    refuses(
        "unexpected tensors: embedding.weight",
        weights(with(Tensor.of("embedding.weight", new float[2], 2))),
        SYMBOLS);
    refuses(
        "the tensor lstm.bias_ih_l1 is missing",
        weights(tensors -> tensors.filter(tensor -> !tensor.name().equals("lstm.bias_ih_l1"))),
        SYMBOLS);
    refuses(
        "the tensor fc.weight has the shape [15], expected [3, 5]",
        weights(
            tensors ->
                tensors.map(
                    tensor ->
                        tensor.name().equals("fc.weight")
                            ? Tensor.of("fc.weight", tensor.values(), 15)
                            : tensor)),
        SYMBOLS);
    refuses(
        "the tensor lstm.weight_hh_l0 has the shape [2], expected a matrix",
        weights(
            tensors ->
                tensors.map(
                    tensor ->
                        tensor.name().equals("lstm.weight_hh_l0")
                            ? Tensor.of(tensor.name(), new float[2], 2)
                            : tensor)),
        SYMBOLS);
  }

  @Test
  void aVocabularyOfAnotherSizeIsRefused() throws IOException {
    refuses(
        "is for 3 symbols (lstm.weight_ih_l0 is [20, 3]), but the vocabulary has 4",
        weights(UnaryOperator.identity()),
        4);
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() throws IOException {
    refuses(
        "expected finite parameters, but fc.bias has the value NaN at 1",
        weights(
            tensors ->
                tensors.map(
                    tensor ->
                        tensor.name().equals("fc.bias")
                            ? Tensor.of("fc.bias", new float[] {0, Float.NaN, 0}, 3)
                            : tensor)),
        SYMBOLS);
  }

  private static UnaryOperator<Stream<Tensor>> with(Tensor more) {
    return tensors -> Stream.concat(tensors, Stream.of(more));
  }

  private static Tensor named(String name, Tensor tensor) {
    return new Tensor(name, tensor.shape(), tensor.values());
  }

  private Path weights(UnaryOperator<Stream<Tensor>> change) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    new Safetensors(Map.of(), change.apply(ModelFile.tensors(PARAMETERS).stream()).toList())
        .write(file);
    return file;
  }

  private static void refuses(String message, Path file, int symbols) {
    var refusal =
        assertThrows(DamagedFileException.class, () -> PyTorchWeights.read(file, symbols));
    assertTrue(refusal.getMessage().startsWith(file + ": "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }
}
