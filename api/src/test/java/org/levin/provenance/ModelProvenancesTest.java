package org.levin.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.io.ProvenanceSerializationException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.levin.training.Finding;
import org.levin.training.TrainingOptions;
import org.tribuo.Tribuo;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;

class ModelProvenancesTest {

  @Test
  void survivesTheJourneyThroughJson() {
    for (OptionalDouble loss :
        List.of(OptionalDouble.empty(), OptionalDouble.of(1.6), OptionalDouble.of(Double.NaN))) {
      ModelProvenance provenance = ModelProvenances.of(Records.record(Map.of(), loss));
      assertEquals(provenance, ModelProvenances.fromJson(ModelProvenances.toJson(provenance)));
    }
    ModelProvenance provenance = ModelProvenances.of(Records.record());
    ModelProvenance read = ModelProvenances.fromJson(ModelProvenances.toJson(provenance));
    assertEquals(provenance, read);
    assertEquals(provenance.toString(), read.toString());
  }

  @Test
  void isReadAndWrittenByTribuosOwnSerialization() throws ProvenanceSerializationException {
    ModelProvenance provenance = ModelProvenances.of(Records.record());
    for (boolean indent : new boolean[] {false, true}) {
      JsonProvenanceSerialization tribuos = new JsonProvenanceSerialization(indent);
      String json = ModelProvenances.toJson(provenance);
      assertEquals(provenance, tribuos.deserializeAndUnmarshal(json));
      assertEquals(provenance, ModelProvenances.fromJson(tribuos.marshalAndSerialize(provenance)));
    }
  }

  @Test
  void givesTheSameJsonForTheSameRecord() {
    assertEquals(
        ModelProvenances.toJson(ModelProvenances.of(Records.record())),
        ModelProvenances.toJson(ModelProvenances.of(Records.record())));
    assertNotEquals(
        ModelProvenances.of(Records.record()),
        ModelProvenances.of(Records.record(Records.options(), OptionalDouble.empty())));
  }

  @Test
  void hasEveryFieldThatTribuoAsksFor() {
    ModelProvenance provenance = ModelProvenances.of(Records.record());
    assertEquals("org.levin.SequenceModel", provenance.getClassName());
    assertEquals(
        OffsetDateTime.parse("2026-03-01T12:34:56.789012345+01:00"), provenance.getTrainingTime());
    assertEquals(Tribuo.VERSION, provenance.getTribuoVersion());
    assertEquals(System.getProperty("java.version"), provenance.getJavaVersion());
    assertEquals(System.getProperty("os.name"), provenance.getOS());
    assertEquals(System.getProperty("os.arch"), provenance.getArch());
    Map<String, Object> trainer = values(provenance.getTrainerProvenance());
    assertTrue(
        trainer
            .keySet()
            .containsAll(
                Set.of(
                    "class-name",
                    "host-short-name",
                    "train-invocation-count",
                    "is-sequence",
                    "tribuo-version")));
    assertEquals("org.levin.provenance.TrainerConfiguration", trainer.get("class-name"));
    DatasetProvenance dataset = provenance.getDatasetProvenance();
    assertTrue(dataset.isSequence());
    assertEquals(3, dataset.getNumExamples());
    assertEquals(83, dataset.getNumFeatures());
    assertEquals(83, dataset.getNumOutputs());
    assertEquals(Tribuo.VERSION, dataset.getTribuoVersion());
  }

  @Test
  void tellsTheOptionsTheCorpusAndTheResult() {
    ModelProvenance provenance = ModelProvenances.of(Records.record());
    Map<String, Provenance> options = provenance.getTrainerProvenance().getConfiguredParameters();
    assertEquals(Records.options().keySet(), options.keySet());
    Records.options()
        .forEach(
            (name, value) ->
                assertEquals(value, ((PrimitiveProvenance<?>) options.get(name)).getValue()));

    ObjectProvenance source = provenance.getDatasetProvenance().getSourceProvenance();
    Map<String, Object> corpus = values(source);
    assertEquals("org.levin.corpus.Corpus", corpus.get("class-name"));
    assertEquals(5_000_000_000L, corpus.get("tokens"));
    assertEquals(83, corpus.get("vocabulary-size"));
    assertEquals(Records.SHA256, corpus.get("vocabulary-fingerprint"));
    String shown = source.toString();
    assertTrue(shown.contains("war and peace.txt") && shown.contains("3000000000"), shown);

    Map<String, Object> expected = new TreeMap<>();
    expected.put("engine", "cpu");
    expected.put("engine-version", "0.1.0");
    expected.put("threads", 2);
    expected.put("training-tokens", 4_500_000_000L);
    expected.put("validation-tokens", 500_000_000L);
    expected.put("steps", 6_985L);
    expected.put("training-loss", 1.5981);
    expected.put("validation-loss", 1.6203);
    expected.put("start-parameters", Records.SHA256);
    assertEquals(expected, values(provenance.getInstanceProvenance()));
  }

  @Test
  void leavesOutTheValidationLossThatWasNotMeasured() {
    ModelProvenance provenance =
        ModelProvenances.of(Records.record(Map.of(), OptionalDouble.empty()));
    assertFalse(values(provenance.getInstanceProvenance()).containsKey("validation-loss"));
  }

  @Test
  void holdsTheRecordOfTheModelThatItStartedFrom() {
    ModelProvenance provenance = ModelProvenances.of(Records.fineTuned());
    String json = ModelProvenances.toJson(provenance);
    assertEquals(provenance, ModelProvenances.fromJson(json));
    String parent = ModelProvenances.toJson(ModelProvenances.of(Records.record()));
    assertEquals(
        ModelProvenances.fromJson(parent),
        ModelProvenances.fromJson(ModelProvenances.parent(json).orElseThrow()));
    assertEquals(Optional.empty(), ModelProvenances.parent(parent));
    assertEquals("toy 1.0", values(provenance.getInstanceProvenance()).get("earlier-engines"));
  }

  /** However long the line of models is, its record can be read. */
  @Test
  void tellsTheStudyThatFoundTheOptions() {
    ModelProvenance read =
        ModelProvenances.fromJson(
            ModelProvenances.toJson(ModelProvenances.of(Records.fineTuned())));
    assertEquals(
        Optional.of(new Finding("study.jsonl", Records.SHA256, "genetic 9 6", -7, 12)),
        ModelProvenances.finding(read));
    assertEquals(Optional.empty(), ModelProvenances.finding(ModelProvenances.of(Records.record())));
  }

  @Test
  void forgetsAncestorsBeforeARecordIsTooDeep() {
    TrainingRecord record = Records.fineTuned();
    for (int generation = 0; generation < 100; generation++) {
      String json = ModelProvenances.toJson(ModelProvenances.of(record));
      assertEquals(
          record.result().steps(),
          values(ModelProvenances.fromJson(json).getInstanceProvenance()).get("steps"));
      record = Records.startedFrom(json);
    }
  }

  /** Whoever wrote the record must not write to a terminal, nor a line of his own. */
  @Test
  void isShownWithoutControlCharactersAndForgedLines() {
    TrainingRecord record =
        Records.of(TrainingOptions.defaults().toMap(), "a\u001b[31m\nresult   step 9");
    String text = ModelProvenances.toText(ModelProvenances.of(record));
    assertEquals(1, text.lines().filter(line -> line.startsWith("result")).count(), text);
    assertTrue(text.lines().allMatch(line -> line.chars().noneMatch(Character::isISOControl)));
    assertTrue(text.contains("a?[31m?result   step 9"), text);
  }

  @Test
  void yieldsTheTrainersConfigurationToOlcut() {
    List<ConfigurationData> components =
        ProvenanceUtil.extractConfiguration(ModelProvenances.of(Records.record()));
    ConfigurationData trainer =
        components.stream()
            .filter(
                component ->
                    component.getClassName().equals("org.levin.provenance.TrainerConfiguration"))
            .findFirst()
            .orElseThrow();
    assertEquals(Records.options().keySet(), trainer.getProperties().keySet());
    assertEquals("0.1", trainer.getProperties().get("dropout").toString());
  }

  @Test
  void refusesOptionsWithNamesThatTribuoReserves() {
    for (String name : List.of("class-name", "host-short-name", "is-sequence", "tribuo-version")) {
      TrainingRecord record = Records.record(Map.of(name, "x"), OptionalDouble.empty());
      assertThrows(IllegalArgumentException.class, () -> ModelProvenances.of(record));
    }
  }

  private static Map<String, Object> values(Iterable<? extends Pair<String, ?>> provenance) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Pair<String, ?> field : provenance) {
      if (field.getB() instanceof PrimitiveProvenance<?> primitive) {
        values.put(field.getA(), primitive.getValue());
      }
    }
    return values;
  }
}
