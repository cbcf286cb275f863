package org.levin.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.training.LearningRateSchedule;
import org.levin.training.TrainingOptions;
import org.tribuo.provenance.ModelProvenance;

class TrainerConfigurationTest {
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder()
          .architecture(LstmArchitecture.of(3, 7))
          .initialization(Initialization.UNIFORM)
          .dropout(0.1)
          .epochs(6)
          .steps(1L << 40)
          .batchSize(8)
          .sequenceLength(9)
          .learningRate(1e-3 / 3)
          .schedule(LearningRateSchedule.COSINE)
          .clipNorm(10)
          .validation(0.75)
          .validateEvery(11)
          .patience(12)
          .seed(Long.MIN_VALUE)
          .build();

  @Test
  void hasTheDefaultsOfTheOptions() {
    assertEquals(TrainingOptions.defaults(), new TrainerConfiguration().options());
  }

  @Test
  void holdsEveryOption() {
    assertEquals(OPTIONS, TrainerConfiguration.of(OPTIONS).options());
    assertEquals(
        TrainingOptions.defaults(), TrainerConfiguration.of(TrainingOptions.defaults()).options());
  }

  /** From the provenance alone: as JSON, by OLCUT's own extraction and lookup. */
  @Test
  void comesOutOfAProvenanceAsItWentIn() {
    for (TrainingOptions options : List.of(OPTIONS, TrainingOptions.defaults())) {
      String json = ModelProvenances.toJson(provenance(options.toMap()));
      ModelProvenance read = ModelProvenances.fromJson(json);
      assertEquals(options, TrainerConfiguration.of(read).options());
    }
  }

  @Test
  void isConfiguredByAFileOfOlcutsOwn() throws Exception {
    try (ConfigurationManager manager =
        new ConfigurationManager(getClass().getResource("trainer.xml").toString())) {
      TrainerConfiguration read = (TrainerConfiguration) manager.lookup("small");
      assertEquals(
          TrainingOptions.builder()
              .architecture(LstmArchitecture.of(1, 64))
              .schedule(LearningRateSchedule.COSINE)
              .steps(100)
              .build(),
          read.options());
    }
  }

  @Test
  void saysWhichOptionIsOutOfRangeOrUnknown() {
    refuses("dropout must be at least 0 and below 1, but was 1.5", "dropout", 1.5);
    refuses("schedule must be one of constant, cosine", "schedule", "no such");
    refuses("colour", "colour", "red");
    refuses("layers", "layers", "two");
    refuses("steps must be at least 1, but was -1", "steps", -1L);
  }

  @Test
  void isOfNoModelThatAnotherProgramTrained() {
    ModelProvenance foreign =
        ModelProvenances.of(
            new TrainingRecord(
                "org.levin.SequenceModel",
                "org.tribuo.SomeTrainer",
                OPTIONS.toMap(),
                Records.record().batcher(),
                Records.record().corpus(),
                Records.record().parent(),
                Records.record().finding(),
                Records.record().engine(),
                List.of(),
                Records.record().result()));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TrainerConfiguration.of(foreign));
    assertTrue(refused.getMessage().contains("org.tribuo.SomeTrainer"), refused.getMessage());
  }

  private static void refuses(String message, String name, Object value) {
    Map<String, Object> map = new HashMap<>(OPTIONS.toMap());
    map.put(name, value);
    ModelProvenance provenance = provenance(map);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TrainerConfiguration.of(provenance));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  private static ModelProvenance provenance(Map<String, Object> options) {
    return ModelProvenances.of(Records.record(options, OptionalDouble.empty()));
  }
}
