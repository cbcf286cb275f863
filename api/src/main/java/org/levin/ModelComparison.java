package org.levin;

import java.util.List;
import org.levin.provenance.ProvenanceDifference;

/**
 * Two models side by side.
 *
 * @param tensors those that are not the same to the bit
 * @param provenance what their records do not share; the time of training as a rule, and where it
 *     was
 */
public record ModelComparison(
    List<TensorDifference> tensors, List<ProvenanceDifference> provenance) {

  /** Takes copies of the lists. */
  public ModelComparison {
    tensors = List.copyOf(tensors);
    provenance = List.copyOf(provenance);
  }

  /**
   * Compares two models, open or closed.
   *
   * @throws IllegalStateException if the record of one cannot be read
   */
  public static ModelComparison of(SequenceModel first, SequenceModel second) {
    return new ModelComparison(
        TensorDifference.between(first.parameters(), second.parameters()),
        ProvenanceDifference.between(first.provenance(), second.provenance()));
  }

  /** Returns whether all parameters are the same to the bit. */
  public boolean identical() {
    return tensors.isEmpty();
  }
}
