package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.HashType;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.levin.internal.Arguments;
import org.levin.text.Source;
import org.levin.training.Finding;
import org.levin.training.TrainingCorpus;
import org.tribuo.Tribuo;
import org.tribuo.datasource.AggregateConfigurableDataSource.AggregateConfigurableDataSourceProvenance;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Training records as Tribuo's {@link ModelProvenance}, and that as JSON.
 *
 * <p>Every object of a provenance is of a class of Tribuo's core or of OLCUT; classes of Levin are
 * only named, never needed to read it. Java version, operating system and processor are those of
 * the JVM that makes it.
 */
public final class ModelProvenances {
  private static final String CORPUS = "org.levin.corpus.Corpus";
  static final String SOURCES = "sources";
  static final String TOKENS = "tokens";
  static final String TOKENS_CHECKSUM = "tokens-crc32c";
  static final String TRAINING_TOKENS = "training-tokens";
  static final String VALIDATION_TOKENS = "validation-tokens";
  static final String VOCABULARY_SIZE = "vocabulary-size";
  static final String VOCABULARY_FINGERPRINT = "vocabulary-fingerprint";
  static final String NAME = "name";
  static final String SIZE = "size";
  static final String HASH = "resource-hash";
  static final String ENGINE = "engine";
  static final String BATCHER = "batcher";
  static final String EARLIER_ENGINES = "earlier-engines";
  static final String STEPS = "steps";
  static final String INTERRUPTED_AFTER = "interrupted-after";
  static final String START_PARAMETERS = "start-parameters";
  private static final String PARENT = "parent";
  private static final String STUDY = "study";
  private static final String STUDY_CLASS = "org.levin.tuning.Study";

  /** A longer line of models than this would make records that are too deep to be read. */
  private static final int MOST_GENERATIONS = 16;

  private static final String HOST_SHORT_NAME = "host-short-name";

  private ModelProvenances() {}

  /**
   * Returns the provenance of the model that {@code record} tells of. A text counts as one example
   * (a sequence), a symbol as one feature and one output; tokens are counted in the data source
   * and, as trained on and held back, in the instance values.
   *
   * @throws IllegalArgumentException if an option has a name that Tribuo's trainers reserve
   */
  public static ModelProvenance of(TrainingRecord record) {
    return new ModelProvenance(
        record.model(),
        record.result().time(),
        dataset(record.corpus()),
        trainer(record.trainer(), record.configuration()),
        instanceValues(record));
  }

  /**
   * Returns the provenance of the model that {@code record} tells of: an importer in the trainer's
   * place, with the files and their digests, and no text.
   */
  public static ModelProvenance of(ImportRecord record) {
    Map<String, Object> configuration =
        Map.of(
            "weights", record.weights().name(),
            "weights-sha256", record.weights().sha256(),
            "vocabulary", record.vocabulary().name(),
            "vocabulary-sha256", record.vocabulary().sha256());
    return new ModelProvenance(
        record.model(),
        record.time(),
        dataset(
            List.of(),
            record.vocabularySize(),
            dataSource(List.of(), 0, record.vocabularySize(), record.vocabularyFingerprint())),
        trainer(record.importer(), configuration),
        Map.of());
  }

  /** Returns the JSON that {@link #fromJson} and Tribuo's own tools read. */
  public static String toJson(ModelProvenance provenance) {
    return new JsonProvenanceSerialization(false).marshalAndSerialize(provenance);
  }

  /**
   * Returns the provenance for people to read; of a model that Levin did not train, every field a
   * line.
   */
  public static String toText(ModelProvenance provenance) {
    return toText(provenance, "");
  }

  static String toText(ModelProvenance provenance, String indent) {
    try {
      return ProvenanceText.of(provenance, indent);
    } catch (IllegalArgumentException e) {
      return ProvenanceUtil.formattedProvenanceString(provenance).indent(indent.length());
    }
  }

  /**
   * Returns the provenance that {@link #toJson} gave. The text may come from anywhere: it names no
   * class that is loaded, and work and memory are bounded by its size.
   *
   * @throws IllegalArgumentException if it is not the provenance of a model, or holds an object
   *     that {@link #of} does not make (the message says what)
   */
  public static ModelProvenance fromJson(String json) {
    ObjectProvenance provenance = ProvenanceReader.read(json);
    if (provenance instanceof ModelProvenance model) {
      return model;
    }
    throw new IllegalArgumentException(
        "the provenance of a model is expected, but this is a "
            + provenance.getClass().getSimpleName());
  }

  /**
   * Returns the provenance, as JSON, of the model that a model started from; nothing if there was
   * none, or its provenance is not known.
   *
   * @param json that of the model, as {@link #toJson} gave it
   * @throws IllegalArgumentException like {@link #fromJson}
   */
  public static Optional<String> parent(String json) {
    return parent(fromJson(json)).map(ModelProvenances::toJson);
  }

  static Optional<ModelProvenance> parent(ModelProvenance provenance) {
    return provenance.getInstanceProvenance().getMap().get(PARENT) instanceof ModelProvenance parent
        ? Optional.of(parent)
        : Optional.empty();
  }

  private static TrainerProvenance trainer(String name, Map<String, Object> configuration) {
    Map<String, Provenance> fields = new HashMap<>();
    put(fields, ObjectProvenance.CLASS_NAME, name);
    put(fields, HOST_SHORT_NAME, "SequenceTrainer");
    put(fields, TrainerProvenance.TRAIN_INVOCATION_COUNT, 0);
    put(fields, TrainerProvenance.IS_SEQUENCE, true);
    put(fields, TrainerProvenance.TRIBUO_VERSION_STRING, Tribuo.VERSION);
    configuration.forEach(
        (option, value) -> {
          Arguments.require(!fields.containsKey(option), "an option cannot be named %s", option);
          put(fields, option, value);
        });
    return new TrainerProvenanceImpl(fields);
  }

  private static DatasetProvenance dataset(TrainingCorpus corpus) {
    Map<String, Provenance> data =
        dataSource(
            corpus.sources(),
            corpus.tokens(),
            corpus.vocabularySize(),
            corpus.vocabularyFingerprint());
    put(data, TOKENS_CHECKSUM, corpus.checksum());
    return dataset(corpus.sources(), corpus.vocabularySize(), data);
  }

  /** Returns the provenance of texts that were scored. */
  static DatasetProvenance dataset(EvaluationRecord record) {
    Map<String, Provenance> data =
        dataSource(
            record.sources(),
            record.tokens(),
            record.vocabularySize(),
            record.vocabularyFingerprint());
    put(data, "scored-tokens", record.scoredTokens());
    put(data, "nats-per-token", record.natsPerToken());
    return dataset(record.sources(), record.vocabularySize(), data);
  }

  /** Tribuo's core has one class for a data source with fields of our own: this one. */
  private static DatasetProvenance dataset(
      List<Source> sources, int symbols, Map<String, Provenance> dataSource) {
    Map<String, Provenance> fields = new HashMap<>();
    put(fields, ObjectProvenance.CLASS_NAME, CORPUS);
    fields.put("datasource", new AggregateConfigurableDataSourceProvenance(dataSource));
    fields.put("transformations", new ListProvenance<ObjectProvenance>());
    put(fields, "is-dense", false);
    put(fields, "is-sequence", true);
    put(fields, "num-examples", sources.size());
    put(fields, "num-features", symbols);
    put(fields, "num-outputs", symbols);
    put(fields, "tribuo-version", Tribuo.VERSION);
    return new DatasetProvenance(fields);
  }

  private static Map<String, Provenance> dataSource(
      List<Source> sources, long tokens, int symbols, String fingerprint) {
    List<ConfiguredObjectProvenanceImpl> texts =
        sources.stream().map(ModelProvenances::source).toList();
    Map<String, Provenance> fields = new HashMap<>();
    put(fields, ObjectProvenance.CLASS_NAME, CORPUS);
    put(fields, HOST_SHORT_NAME, "DataSource");
    fields.put(SOURCES, new ListProvenance<>(texts));
    put(fields, TOKENS, tokens);
    put(fields, VOCABULARY_SIZE, symbols);
    putHash(fields, VOCABULARY_FINGERPRINT, fingerprint);
    return fields;
  }

  private static ConfiguredObjectProvenanceImpl source(Source source) {
    Map<String, Provenance> fields = new HashMap<>();
    put(fields, ObjectProvenance.CLASS_NAME, Source.class.getName());
    put(fields, HOST_SHORT_NAME, "Source");
    put(fields, NAME, source.name());
    put(fields, SIZE, source.size());
    putHash(fields, HASH, source.sha256());
    return new ConfiguredObjectProvenanceImpl(fields);
  }

  private static Map<String, Provenance> instanceValues(TrainingRecord record) {
    Map<String, Provenance> fields = new HashMap<>();
    put(fields, ENGINE, record.engine().name());
    put(fields, "engine-version", record.engine().version());
    put(fields, "threads", record.engine().threads());
    put(fields, TRAINING_TOKENS, record.corpus().trainingTokens());
    put(fields, VALIDATION_TOKENS, record.corpus().validationTokens());
    put(fields, STEPS, record.result().steps());
    put(fields, "training-loss", record.result().trainingLoss());
    record.batcher().ifPresent(batcher -> put(fields, BATCHER, batcher));
    if (!record.earlierEngines().isEmpty()) {
      put(fields, EARLIER_ENGINES, String.join(", ", record.earlierEngines()));
    }
    record.parent().ifPresent(parent -> putParent(fields, parent));
    record.finding().ifPresent(finding -> fields.put(STUDY, study(finding)));
    record.result().validationLoss().ifPresent(loss -> put(fields, "validation-loss", loss));
    record.result().interruptedAfter().ifPresent(step -> put(fields, INTERRUPTED_AFTER, step));
    return fields;
  }

  private static ConfiguredObjectProvenanceImpl study(Finding finding) {
    Map<String, Provenance> fields = new HashMap<>();
    put(fields, ObjectProvenance.CLASS_NAME, STUDY_CLASS);
    put(fields, HOST_SHORT_NAME, "Study");
    put(fields, NAME, finding.study());
    putHash(fields, HASH, finding.studySha256());
    put(fields, "strategy", finding.strategy());
    put(fields, "seed", finding.seed());
    put(fields, "trial", finding.trial());
    return new ConfiguredObjectProvenanceImpl(fields);
  }

  /**
   * Returns where the options of a model come from, if a study found them.
   *
   * @param json the model's provenance, as {@link #toJson} gave it
   * @throws IllegalArgumentException like {@link #fromJson}
   */
  public static Optional<Finding> finding(String json) {
    return finding(fromJson(json));
  }

  /**
   * Returns where the options of a model come from.
   *
   * @throws IllegalArgumentException if a field is missing, or of another kind
   */
  static Optional<Finding> finding(ModelProvenance provenance) {
    return provenance.getInstanceProvenance().getMap().get(STUDY) instanceof ObjectProvenance study
        ? Optional.of(TrainingFacts.finding(study))
        : Optional.empty();
  }

  private static void putParent(Map<String, Provenance> fields, TrainingRecord.Parent parent) {
    putHash(fields, START_PARAMETERS, parent.parametersSha256());
    parent
        .provenance()
        .map(ModelProvenances::fromJson)
        .filter(provenance -> generations(provenance) < MOST_GENERATIONS)
        .ifPresent(provenance -> fields.put(PARENT, provenance));
  }

  private static int generations(ModelProvenance provenance) {
    return 1 + parent(provenance).map(ModelProvenances::generations).orElse(0);
  }

  private static void put(Map<String, Provenance> fields, String key, Object value) {
    PrimitiveProvenance<?> provenance =
        switch (value) {
          case Boolean truth -> new BooleanProvenance(key, truth);
          case Integer number -> new IntProvenance(key, number);
          case Long number -> new LongProvenance(key, number);
          case Double number -> new DoubleProvenance(key, number);
          case String text -> new StringProvenance(key, text);
          default -> throw new IllegalArgumentException(key + " has the value " + value);
        };
    fields.put(key, provenance);
  }

  private static void putHash(Map<String, Provenance> fields, String key, String sha256) {
    fields.put(key, new HashProvenance(HashType.SHA256, key, sha256));
  }
}
