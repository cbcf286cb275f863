package org.levin.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.provenance.EvaluationProvenance;
import org.tribuo.provenance.ModelProvenance;

class EvaluationProvenancesTest {
  private static final ModelProvenance MODEL = ModelProvenances.of(Records.fineTuned());

  @Test
  void joinsTheRecordOfTheModelToThatOfTheText() {
    EvaluationProvenance provenance = EvaluationProvenances.of(MODEL, Records.evaluation());
    assertEquals(MODEL, provenance.getModelProvenance());
    String text = provenance.getTestDatasetProvenance().toString();
    for (String part : List.of("held out.txt", "3000000000", "scored-tokens", "2.25")) {
      assertTrue(text.contains(part), text);
    }
  }

  @Test
  void comesBackFromJson() {
    EvaluationProvenance provenance = EvaluationProvenances.of(MODEL, Records.evaluation());
    assertEquals(
        provenance, EvaluationProvenances.fromJson(EvaluationProvenances.toJson(provenance)));
  }

  @Test
  void isNotTheProvenanceOfAModel() {
    String model = ModelProvenances.toJson(MODEL);
    String evaluation =
        EvaluationProvenances.toJson(EvaluationProvenances.of(MODEL, Records.evaluation()));
    assertThrows(IllegalArgumentException.class, () -> EvaluationProvenances.fromJson(model));
    assertThrows(IllegalArgumentException.class, () -> ModelProvenances.fromJson(evaluation));
  }

  @Test
  void refusesImpossibleFacts() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvaluationRecord(List.of(), 3, 83, Records.SHA256, 4, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvaluationRecord(List.of(), 3, 83, Records.SHA256, 2, Double.NaN));
  }
}
