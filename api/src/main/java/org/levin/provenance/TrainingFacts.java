package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.levin.text.Source;
import org.levin.training.Finding;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.tribuo.provenance.ModelProvenance;

/**
 * What a model's provenance says that it takes to train the model again.
 *
 * @param options rebuilt by OLCUT from the trainer's part alone; see {@link TrainerConfiguration}
 * @param corpus what it was trained on
 * @param engine the name of the engine that computed it
 * @param batcher what cut the corpus into batches, if not what the options say
 * @param start digest of the parameters that it started from, if they were a model's
 * @param step the one after which the parameters were taken
 * @param interruptedAfter the last step, if the training was stopped before its end
 */
public record TrainingFacts(
    TrainingOptions options,
    TrainingCorpus corpus,
    String engine,
    Optional<String> batcher,
    Optional<String> start,
    long step,
    OptionalLong interruptedAfter) {

  /**
   * Reads a provenance.
   *
   * @throws IllegalArgumentException if it is not one of a model that Levin trained; the message
   *     says what is missing
   */
  public static TrainingFacts of(ModelProvenance provenance) {
    TrainingOptions options = TrainerConfiguration.of(provenance).options();
    Map<String, Provenance> facts = Map.copyOf(provenance.getInstanceProvenance().getMap());
    return new TrainingFacts(
        options,
        corpus(provenance, facts),
        value(facts, ModelProvenances.ENGINE, String.class),
        optional(facts, ModelProvenances.BATCHER, String.class),
        optional(facts, ModelProvenances.START_PARAMETERS, String.class),
        value(facts, ModelProvenances.STEPS, Long.class),
        optional(facts, ModelProvenances.INTERRUPTED_AFTER, Long.class)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  /**
   * Returns the texts that a model was trained on, in order; none for one that was imported.
   *
   * @throws IllegalArgumentException if the provenance does not tell
   */
  public static List<Source> sources(ModelProvenance provenance) {
    return sources(fields(provenance.getDatasetProvenance().getSourceProvenance()));
  }

  private static TrainingCorpus corpus(ModelProvenance provenance, Map<String, Provenance> facts) {
    Map<String, Provenance> data = fields(provenance.getDatasetProvenance().getSourceProvenance());
    return new TrainingCorpus(
        sources(data),
        value(data, ModelProvenances.TOKENS, Long.class),
        value(facts, ModelProvenances.TRAINING_TOKENS, Long.class),
        value(facts, ModelProvenances.VALIDATION_TOKENS, Long.class),
        value(data, ModelProvenances.TOKENS_CHECKSUM, String.class),
        value(data, ModelProvenances.VOCABULARY_SIZE, Integer.class),
        value(data, ModelProvenances.VOCABULARY_FINGERPRINT, String.class));
  }

  private static List<Source> sources(Map<String, Provenance> data) {
    if (!(data.get(ModelProvenances.SOURCES) instanceof ListProvenance<?> list)) {
      throw new IllegalArgumentException("the provenance does not list the texts");
    }
    return list.getList().stream().map(TrainingFacts::source).toList();
  }

  private static Source source(Provenance provenance) {
    Map<String, Provenance> fields =
        provenance instanceof ObjectProvenance object ? fields(object) : Map.of();
    return new Source(
        value(fields, ModelProvenances.NAME, String.class),
        value(fields, ModelProvenances.SIZE, Long.class),
        value(fields, ModelProvenances.HASH, String.class));
  }

  static Finding finding(ObjectProvenance study) {
    Map<String, Provenance> fields = fields(study);
    return new Finding(
        value(fields, ModelProvenances.NAME, String.class),
        value(fields, ModelProvenances.HASH, String.class),
        value(fields, "strategy", String.class),
        value(fields, "seed", Long.class),
        value(fields, "trial", Integer.class));
  }

  private static Map<String, Provenance> fields(ObjectProvenance object) {
    Map<String, Provenance> fields = new HashMap<>();
    for (Pair<String, Provenance> field : object) {
      fields.put(field.getA(), field.getB());
    }
    return fields;
  }

  private static <T> T value(Map<String, Provenance> fields, String name, Class<T> type) {
    return optional(fields, name, type)
        .orElseThrow(
            () -> new IllegalArgumentException("the provenance has no " + name + " of that kind"));
  }

  private static <T> Optional<T> optional(
      Map<String, Provenance> fields, String name, Class<T> type) {
    return fields.get(name) instanceof PrimitiveProvenance<?> value
            && type.isInstance(value.getValue())
        ? Optional.of(type.cast(value.getValue()))
        : Optional.empty();
  }
}
