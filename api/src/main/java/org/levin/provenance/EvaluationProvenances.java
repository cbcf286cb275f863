package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import org.tribuo.provenance.EvaluationProvenance;
import org.tribuo.provenance.ModelProvenance;

/**
 * Scores as Tribuo's {@link EvaluationProvenance}, which joins the record of the model to that of
 * the text; the loss and the number of tokens scored stand in the data source of the text. Read by
 * plain Tribuo like the provenance of a model.
 */
public final class EvaluationProvenances {
  private EvaluationProvenances() {}

  /** Returns the provenance of the score that {@code record} tells of. */
  public static EvaluationProvenance of(ModelProvenance model, EvaluationRecord record) {
    return new EvaluationProvenance(model, ModelProvenances.dataset(record));
  }

  /** Returns the JSON that {@link #fromJson} and Tribuo's own tools read. */
  public static String toJson(EvaluationProvenance provenance) {
    return new JsonProvenanceSerialization(false).marshalAndSerialize(provenance);
  }

  /**
   * Returns the provenance that {@link #toJson} gave. The text may come from anywhere: it names no
   * class that is loaded, and work and memory are bounded by its size.
   *
   * @throws IllegalArgumentException if it is not the provenance of an evaluation
   */
  public static EvaluationProvenance fromJson(String json) {
    ObjectProvenance provenance = ProvenanceReader.read(json);
    if (provenance instanceof EvaluationProvenance evaluation) {
      return evaluation;
    }
    throw new IllegalArgumentException(
        "the provenance of an evaluation is expected, but this is a "
            + provenance.getClass().getSimpleName());
  }
}
