package org.levin.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.json.JsonConfigFactory;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.model.LstmArchitecture;
import org.levin.provenance.TrainerConfiguration;
import org.levin.text.Vocabulary;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceDataset;

class LabelSequenceTrainerTest {
  private static final String TEXT = LabelSequenceModelTest.TEXT;

  @TempDir Path folder;

  @Test
  void trainsTheModelThatLevinTrainsOnTheText() {
    LabelSequenceTrainer trainer =
        LabelSequenceTrainer.of(TrainerConfiguration.of(LabelSequenceModelTest.OPTIONS));
    SequenceDataset<Label> dataset = TextSequences.of(TEXT, Vocabulary.codePointsOf(TEXT), 23);
    try (Corpus corpus = Corpus.of(TEXT);
        org.levin.SequenceModel model = Trainer.of(LabelSequenceModelTest.OPTIONS).train(corpus);
        LabelSequenceModel trained = (LabelSequenceModel) trainer.train(dataset)) {
      assertSameParameters(model, trained.model());
      assertEquals(LabelSequenceModelTest.OPTIONS, Trainer.thatTrained(trained.model()).options());
    }
    assertEquals(1, trainer.getInvocationCount());
    refuses(
        "the provenance of a run",
        () -> trainer.train(dataset, Map.of("fold", new StringProvenance("fold", "1"))));
  }

  @Test
  void olcutConfiguresItFromAFileAndFromItsProvenance() throws IOException {
    ConfigurationManager.addFileFormatFactory(new JsonConfigFactory());
    Path file =
        Files.writeString(
            folder.resolve("trainer.json"),
            """
            {"config": {"components": [
              {"name": "trainer", "type": "org.levin.tribuo.LabelSequenceTrainer",
               "properties": {"configuration": "options"}},
              {"name": "options", "type": "org.levin.provenance.TrainerConfiguration",
               "properties": {"layers": "1", "hiddenSize": "9", "steps": "3", "batchSize": "2",
                              "sequenceLength": "5"}}]}}
            """);
    LabelSequenceTrainer trainer;
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      trainer = (LabelSequenceTrainer) manager.lookup("trainer");
    }
    SequenceDataset<Label> dataset = TextSequences.of(TEXT, Vocabulary.codePointsOf(TEXT), 100);
    LabelSequenceModel first = (LabelSequenceModel) trainer.train(dataset);
    assertEquals(LstmArchitecture.of(1, 9), first.model().architecture());

    assertTrue(trainer.getProvenance().toString().contains("hiddenSize"));
    try (ConfigurationManager manager = new ConfigurationManager()) {
      manager.addConfiguration(ProvenanceUtil.extractConfiguration(trainer.getProvenance()));
      LabelSequenceTrainer again = manager.lookupAll(LabelSequenceTrainer.class).getFirst();
      LabelSequenceModel second = (LabelSequenceModel) again.train(dataset);
      assertSameParameters(first.model(), second.model());
    }
  }

  private static void assertSameParameters(
      org.levin.SequenceModel expected, org.levin.SequenceModel actual) {
    assertArrayEquals(expected.parameters().toArray(), actual.parameters().toArray());
  }

  private static void refuses(String message, org.junit.jupiter.api.function.Executable call) {
    String said = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(said.contains(message), said);
  }
}
