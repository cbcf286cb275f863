package org.levin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.Split;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.format.CheckpointFile;
import org.levin.format.ModelFile;
import org.levin.format.Sha256;
import org.levin.model.Parameters;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainerConfiguration;
import org.levin.provenance.TrainingRecord;
import org.levin.text.Vocabulary;
import org.levin.training.Finding;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;

/** What a training knows of itself; makes its parameters a model that says where it comes from. */
final class RunRecord {
  private final TrainingOptions options;
  private final Optional<String> batcher;
  private final Vocabulary vocabulary;
  private final TrainingCorpus corpus;
  private final Optional<TrainingRecord.Parent> parent;
  private final TrainingRecord.Engine engine;
  private final List<String> engines;
  private final Optional<Finding> finding;

  private RunRecord(
      TrainingOptions options,
      Optional<String> batcher,
      Vocabulary vocabulary,
      TrainingCorpus corpus,
      Optional<TrainingRecord.Parent> parent,
      TrainingRecord.Engine engine,
      List<String> engines,
      Optional<Finding> finding) {
    this.options = options;
    this.batcher = batcher;
    this.vocabulary = vocabulary;
    this.corpus = corpus;
    this.parent = parent;
    this.engine = engine;
    this.engines = engines;
    this.finding = finding;
  }

  /**
   * Returns the record of a training.
   *
   * @param resumed the checkpoint that it goes on from, if there is one
   */
  static RunRecord of(
      Trainer trainer,
      Corpus corpus,
      Split split,
      Engine engine,
      EngineOptions machine,
      Optional<CheckpointFile> resumed) {
    List<String> engines = new ArrayList<>();
    resumed.ifPresent(checkpoint -> engines.addAll(checkpoint.state().engines()));
    engines.remove(name(engine));
    engines.add(name(engine));
    TrainingOptions options = trainer.options();
    return new RunRecord(
        options,
        unusual(trainer.batcher(), options),
        corpus.vocabulary(),
        Trainer.describe(corpus, split),
        resumed.isPresent() ? parentOf(resumed.get()) : trainer.start().map(RunRecord::parent),
        new TrainingRecord.Engine(engine.name(), engine.version(), machine.threads()),
        List.copyOf(engines),
        trainer.finding().or(() -> resumed.flatMap(RunRecord::findingOf)));
  }

  private static String name(Engine engine) {
    return engine.name() + " " + engine.version();
  }

  /** Returns what tells a batcher from another. */
  static String describe(Batcher batcher) {
    return "%s, %d rows of %d steps"
        .formatted(batcher.getClass().getName(), batcher.rows(), batcher.steps());
  }

  private static TrainingRecord.Parent parent(SequenceModel model) {
    return new TrainingRecord.Parent(digest(model), provenance(model));
  }

  /** A record that cannot be read is no reason not to train. */
  private static Optional<String> provenance(SequenceModel model) {
    try {
      String json = ModelProvenances.toJson(model.provenance());
      ModelProvenances.fromJson(json);
      return Optional.of(json);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the digest that a model to start from is known by. */
  static String digest(SequenceModel model) {
    return Sha256.ofTensors(ModelFile.tensors(model.parameters()));
  }

  private static Optional<TrainingRecord.Parent> parentOf(CheckpointFile checkpoint) {
    return checkpoint
        .state()
        .start()
        .map(digest -> new TrainingRecord.Parent(digest, parentProvenance(checkpoint)));
  }

  private static Optional<Finding> findingOf(CheckpointFile checkpoint) {
    try {
      return ModelProvenances.finding(checkpoint.model().provenance());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> parentProvenance(CheckpointFile checkpoint) {
    try {
      return ModelProvenances.parent(checkpoint.model().provenance());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns what tells a batcher from the one that the options ask for; nothing for that one. */
  static Optional<String> unusual(Batcher batcher, TrainingOptions options) {
    Batcher usual = Batcher.contiguous(options.batchSize(), options.sequenceLength());
    return batcher.equals(usual) ? Optional.empty() : Optional.of(describe(batcher));
  }

  TrainingCorpus corpus() {
    return corpus;
  }

  /** Returns the digest of the parameters that it started from, if they were a model's. */
  Optional<String> start() {
    return parent.map(TrainingRecord.Parent::parametersSha256);
  }

  /** Returns names and versions of all engines that had a part, this one last. */
  List<String> engines() {
    return engines;
  }

  /** Returns the model of these parameters. */
  ModelFile model(Parameters parameters, TrainingRecord.Result result) {
    TrainingRecord record =
        new TrainingRecord(
            SequenceModel.class.getName(),
            TrainerConfiguration.class.getName(),
            configuration(),
            batcher,
            corpus,
            parent,
            finding,
            engine,
            engines.subList(0, engines.size() - 1),
            result);
    return new ModelFile(
        parameters, vocabulary, ModelProvenances.toJson(ModelProvenances.of(record)));
  }

  /** The options that had a say: parameters of a model are not initialized. */
  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new LinkedHashMap<>(options.toMap());
    if (parent.isPresent()) {
      configuration.remove("initialization");
    }
    return configuration;
  }
}
