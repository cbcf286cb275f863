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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.model.Parameters;
import org.levin.text.CaseFoldingVocabulary;
import org.levin.text.Vocabulary;

class CheckpointFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("checkpoint");
  }

  @Test
  void readsWhatItWroteToTheBit() throws IOException {
    for (CheckpointFile written :
        List.of(SampleCheckpoint.checkpoint(), SampleCheckpoint.withoutPatience())) {
      written.write(file);
      CheckpointFile read = CheckpointFile.read(file);
      assertSameBits(written.model().parameters(), read.model().parameters());
      assertSameBits(written.parameters(), read.parameters());
      assertSameBits(written.firstMoment(), read.firstMoment());
      assertSameBits(written.secondMoment(), read.secondMoment());
      assertSameBits(written.hidden(), read.hidden());
      assertSameBits(written.cell(), read.cell());
      assertEquals(written.state(), read.state());
      assertEquals(written.state(), CheckpointFile.readState(file));
      assertEquals(written.model().vocabulary(), read.model().vocabulary());
      assertEquals(written.model().provenance(), read.model().provenance());
      byte[] bytes = Files.readAllBytes(file);
      read.write(file);
      assertArrayEquals(bytes, Files.readAllBytes(file), "written again");
    }
  }

  private static void assertSameBits(Parameters expected, Parameters actual) {
    assertEquals(expected.architecture(), actual.architecture());
    assertSameBits(expected.toArray(), actual.toArray());
  }

  /** Unlike assertArrayEquals, which takes the one zero for the other. */
  private static void assertSameBits(float[] expected, float[] actual) {
    int[][] bits = {new int[expected.length], new int[actual.length]};
    for (int i = 0; i < expected.length; i++) {
      bits[0][i] = Float.floatToRawIntBits(expected[i]);
    }
    for (int i = 0; i < actual.length; i++) {
      bits[1][i] = Float.floatToRawIntBits(actual[i]);
    }
    assertArrayEquals(bits[0], bits[1]);
  }

  @Test
  void isAModelForWhoeverReadsModels() throws IOException {
    CheckpointFile written = SampleCheckpoint.checkpoint();
    written.write(file);
    ModelFile model = ModelFile.read(file);
    assertSameBits(written.model().parameters(), model.parameters());
    assertEquals(written.model().vocabulary(), model.vocabulary());
  }

  @Test
  void lastParametersThatAreTheModelsAreWrittenOnce() throws IOException {
    CheckpointFile written = SampleCheckpoint.withoutPatience();
    written.write(file);
    assertTrue(names().stream().noneMatch(name -> name.startsWith("training.")));
    CheckpointFile read = CheckpointFile.read(file);
    assertSame(read.model().parameters(), read.parameters());
  }

  private List<String> names() throws IOException {
    return Safetensors.read(file).tensors().stream().map(Tensor::name).toList();
  }

  @Test
  void aTensorThatIsMissingIsNamed() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    for (String name : names()) {
      Safetensors whole = Safetensors.read(file);
      List<Tensor> rest = new ArrayList<>(whole.tensors());
      rest.removeIf(tensor -> tensor.name().equals(name));
      assertDamaged(new Safetensors(whole.metadata(), rest), "the tensor " + name + " is missing");
    }
  }

  @Test
  void aTensorOfAnotherShapeIsNamed() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    for (String name : names()) {
      assertDamaged(
          changed(
              name,
              tensor ->
                  Tensor.of(
                      name, new float[tensor.values().length + 1], 1, tensor.values().length + 1)),
          "the tensor " + name + " has the shape [1, ");
    }
  }

  @Test
  void aTensorWithAValueThatIsNotFiniteIsNamed() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    for (String name : names()) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        assertDamaged(changed(name, tensor -> withFirst(tensor, value)), name);
      }
    }
  }

  @Test
  void aSecondMomentBelowZeroIsNamed() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    String name = "optimizer.second_moment.fc.bias";
    assertDamaged(changed(name, tensor -> withFirst(tensor, -1)), "second moment");
  }

  private static Tensor withFirst(Tensor tensor, float value) {
    float[] values = tensor.values().clone();
    values[0] = value;
    return new Tensor(tensor.name(), tensor.shape(), values);
  }

  private Safetensors changed(String name, UnaryOperator<Tensor> change) throws IOException {
    Safetensors whole = Safetensors.read(file);
    return new Safetensors(
        whole.metadata(),
        whole.tensors().stream()
            .map(tensor -> tensor.name().equals(name) ? change.apply(tensor) : tensor)
            .toList());
  }

  @Test
  void aTensorThatBelongsNowhereIsNamed() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    Safetensors whole = Safetensors.read(file);
    List<Tensor> more = new ArrayList<>(whole.tensors());
    more.add(Tensor.of("state.third", new float[] {1}, 1));
    assertDamaged(new Safetensors(whole.metadata(), more), "unexpected tensors: state.third");
  }

  @Test
  void aModelAndPlainTensorsAreNoCheckpoints() throws IOException {
    Safetensors model =
        new Safetensors(
            SampleCheckpoint.checkpoint().model().metadata(),
            ModelFile.tensors(SampleCheckpoint.checkpoint().parameters()));
    assertDamaged(model, "is no checkpoint");
    assertDamaged(new Safetensors(Map.of(), model.tensors()), "is no checkpoint");
  }

  @Test
  void everyMetadataOfAModelIsNeededToo() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    Safetensors whole = Safetensors.read(file);
    for (String key : whole.metadata().keySet()) {
      Map<String, String> rest = new LinkedHashMap<>(whole.metadata());
      rest.remove(key);
      assertDamaged(new Safetensors(rest, whole.tensors()), key);
    }
  }

  /** Reads it by a file of its own; the one under test stays as it is. */
  private void assertDamaged(Safetensors content, String said) throws IOException {
    Path damaged = folder.resolve("damaged");
    content.write(damaged);
    DamagedFileException refused =
        assertThrows(DamagedFileException.class, () -> CheckpointFile.read(damaged), said);
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
    assertTrue(refused.getMessage().startsWith(damaged.toString()), refused.getMessage());
  }

  @Test
  void aVocabularyOfTheCallersOwnTypeIsBroughtAlong() throws IOException {
    SampleCheckpoint.checkpoint().write(file);
    assertSame(
        SampleCheckpoint.VOCABULARY,
        CheckpointFile.read(file, SampleCheckpoint.VOCABULARY).model().vocabulary());
    for (Vocabulary other : List.of(Vocabulary.bytes(), new CaseFoldingVocabulary())) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> CheckpointFile.read(file, other));
      assertTrue(refused.getMessage().contains("another vocabulary"), refused.getMessage());
    }
  }

  @Test
  void partsThatDoNotBelongTogetherAreNoCheckpoint() {
    CheckpointFile sample = SampleCheckpoint.checkpoint();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new CheckpointFile(
                    sample.model(),
                    sample.parameters(),
                    sample.firstMoment(),
                    sample.secondMoment(),
                    new float[29],
                    sample.cell(),
                    sample.state()));
    assertTrue(refused.getMessage().contains("must have 30 values"), refused.getMessage());
  }
}
