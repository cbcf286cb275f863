package org.levin.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.evaluation.Distribution;
import org.levin.model.LstmArchitecture;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.text.Vocabulary;
import org.levin.training.TrainingOptions;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sequence.LabelSequenceEvaluation;
import org.tribuo.classification.sequence.LabelSequenceEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

class LabelSequenceModelTest {
  static final String TEXT = "Ein Löwe \uD83E\uDD81 lief, ein Löwe schlief.\n".repeat(30);

  static final TrainingOptions OPTIONS =
      TrainingOptions.builder()
          .architecture(LstmArchitecture.of(2, 17))
          .dropout(0)
          .epochs(6)
          .batchSize(5)
          .sequenceLength(19)
          .learningRate(0.02)
          .seed(11)
          .build();

  @TempDir Path folder;

  private static org.levin.SequenceModel model;
  private static LabelSequenceModel twin;

  @BeforeAll
  static void train() {
    try (Corpus corpus = Corpus.of(TEXT)) {
      model = Trainer.of(OPTIONS).train(corpus);
    }
    twin = LabelSequenceModel.of(model);
  }

  @AfterAll
  static void close() {
    twin.close();
    model.close();
  }

  @Test
  void predictsWhatTheModelFindsMostLikely() {
    String text = "ein Löwe lief\nlöwie \uD83E\uDD81\uD83E\uDD81 Lf";
    SequenceDataset<Label> dataset = TextSequences.of(text, model.vocabulary(), 1_000);
    List<Prediction<Label>> predictions = twin.predict(dataset.getExample(0));
    int[] codePoints = text.codePoints().toArray();
    assertEquals(codePoints.length - 1, predictions.size());
    for (int i = 0; i < predictions.size(); i++) {
      String before = new String(codePoints, 0, i + 1);
      assertEquals(mostLikelyAfter(before), predictions.get(i).getOutput().getLabel(), before);
      assertEquals(Map.of(), predictions.get(i).getOutputScores(), "one label, no scores");
    }
  }

  @Test
  void manySequencesSideBySideAreEachAsAlone() {
    List<SequenceExample<Label>> examples = new ArrayList<>();
    examples.addAll(TextSequences.of(TEXT, model.vocabulary(), 7).getData());
    examples.addAll(TextSequences.of(TEXT, model.vocabulary(), 301).getData());
    examples.add(new SequenceExample<>());
    List<List<Prediction<Label>>> together = twin.predict(examples);
    assertEquals(examples.size(), together.size());
    for (int i = 0; i < examples.size(); i++) {
      assertEquals(labels(twin.predict(examples.get(i))), labels(together.get(i)));
      for (int t = 0; t < together.get(i).size(); t++) {
        assertTrue(together.get(i).get(t).getExample() == examples.get(i).get(t));
      }
    }
  }

  @Test
  void tribuosOwnEvaluatorJudgesIt() {
    SequenceDataset<Label> dataset = TextSequences.of(TEXT, model.vocabulary(), 64);
    LabelSequenceEvaluation evaluation = new LabelSequenceEvaluator().evaluate(twin, dataset);
    int correct = 0;
    int all = 0;
    for (SequenceExample<Label> example : dataset) {
      StringBuilder before = new StringBuilder();
      for (Example<Label> position : example) {
        before.append(SymbolLabels.symbol(position));
        correct += mostLikelyAfter(before.toString()).equals(label(position)) ? 1 : 0;
        all++;
      }
    }
    assertEquals(TEXT.codePointCount(0, TEXT.length()) - 1, all);
    assertEquals((double) correct / all, evaluation.accuracy(), 1e-12);
    assertTrue(evaluation.accuracy() > 0.5, "it has learnt: " + evaluation.accuracy());
    assertTrue(evaluation.f1(new Label("w")) > 0.5, evaluation.toString());
    assertEquals(model.provenance(), evaluation.getProvenance().getModelProvenance());
    assertEquals(dataset.getProvenance(), evaluation.getProvenance().getTestDatasetProvenance());
  }

  @Test
  void itsDomainsAreTheVocabulary() {
    assertEquals(model.provenance(), twin.getProvenance());
    assertEquals(model.vocabulary().size(), twin.getFeatureIDMap().size());
    for (int id = 0; id < model.vocabulary().size(); id++) {
      String symbol = model.vocabulary().decode(id);
      assertEquals(symbol, twin.getOutputIDInfo().getOutput(id).getLabel(), "the id is the same");
      assertEquals(symbol, twin.getFeatureIDMap().get(symbol).getName());
    }
    assertTrue(twin.validate(Label.class));
    assertEquals(Map.of(), twin.getTopFeatures(5));
  }

  @Test
  void aPositionThatIsNoSymbolIsRefused() {
    refuses("\"x\" is no symbol that the model knows", () -> twin.predict(position("x")));
    refuses("but this one has 2", () -> twin.predict(position("e", "i")));
  }

  @Test
  void aClosedTwinRefusesAndItsModelDoesNot() {
    LabelSequenceModel closed = LabelSequenceModel.of(model);
    closed.predict(position("e"));
    closed.close();
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.predict(position("e")));
    assertTrue(closed.model().score("ein").bitsPerToken() > 0);
  }

  @Test
  void aModelOfBytesNamesBytesThatAreNoCharacters() throws IOException {
    try (Corpus corpus = CorpusEncoder.of(TEXT).vocabulary(Vocabulary.bytes()).open();
        org.levin.SequenceModel bytes =
            Trainer.of(OPTIONS.toBuilder().steps(3).build()).train(corpus);
        LabelSequenceModel twinOfBytes = LabelSequenceModel.of(bytes)) {
      SequenceDataset<Label> dataset = TextSequences.of("öw\n", bytes.vocabulary(), 9);
      SequenceExample<Label> example = dataset.getExample(0);
      assertEquals("0xC3", SymbolLabels.symbol(example.get(0)));
      assertEquals("0xB6", SymbolLabels.symbol(example.get(1)));
      assertEquals("w", SymbolLabels.symbol(example.get(2)));
      assertEquals("\n", label(example.get(2)));
      assertEquals(3, twinOfBytes.predict(example).size());
    }
  }

  @Test
  void tribuosFileHoldsAllOfIt() throws IOException {
    Path file = folder.resolve("model.pb");
    LabelSequenceModel named = LabelSequenceModel.of(model);
    named.setName("Löwe");
    named.serializeToFile(file);
    SequenceModel<Label> read = SequenceModel.deserializeFromFile(file).castModel(Label.class);
    assertEquals("Löwe", read.getName());
    assertEquals(model.provenance(), read.getProvenance());
    assertSameParameters(model, ((LabelSequenceModel) read).model());
    SequenceExample<Label> example = TextSequences.of(TEXT, model.vocabulary(), 50).getExample(0);
    assertEquals(labels(twin.predict(example)), labels(read.predict(example)));
  }

  @Test
  void aDamagedFileAndOneOfTheFutureAreRefused() throws IOException {
    byte[] bytes = twin.serialize().toByteArray();
    bytes[bytes.length / 2] ^= 1;
    SequenceModelProto damaged = SequenceModelProto.parseFrom(new ByteArrayInputStream(bytes));
    assertThrows(RuntimeException.class, () -> SequenceModel.deserialize(damaged));
    refuses(
        "version 0 is expected, but this is 1",
        () ->
            LabelSequenceModel.deserializeFromProto(
                1, LabelSequenceModel.class.getName(), twin.serialize().getSerializedData()));
    assertThrows(
        UncheckedIOException.class,
        () ->
            LabelSequenceModel.deserializeFromProto(
                0, LabelSequenceModel.class.getName(), damaged.getSerializedData()));
  }

  @Test
  void javasOwnSerializationIsRefused() throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      String message =
          assertThrows(NotSerializableException.class, () -> out.writeObject(twin)).getMessage();
      assertTrue(message.contains("serializeToFile"), message);
    }
  }

  private static void assertSameParameters(
      org.levin.SequenceModel expected, org.levin.SequenceModel actual) {
    assertArrayEquals(expected.parameters().toArray(), actual.parameters().toArray());
  }

  private static String mostLikelyAfter(String text) {
    try (GenerationSession session = model.session(GenerationOptions.defaults())) {
      Distribution distribution = session.feed(text).distribution();
      return model.vocabulary().decode(distribution.ranked().getFirst());
    }
  }

  private static SequenceExample<Label> position(String... symbols) {
    double[] ones = new double[symbols.length];
    Arrays.fill(ones, 1);
    return new SequenceExample<>(List.of(new ArrayExample<>(new Label("e"), symbols, ones)));
  }

  private static String label(Example<Label> position) {
    return position.getOutput().getLabel();
  }

  private static List<String> labels(List<Prediction<Label>> predictions) {
    return predictions.stream().map(prediction -> prediction.getOutput().getLabel()).toList();
  }

  private static void refuses(String message, org.junit.jupiter.api.function.Executable call) {
    String said = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(said.contains(message), said);
  }
}
