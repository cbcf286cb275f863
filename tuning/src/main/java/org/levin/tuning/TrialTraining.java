package org.levin.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusTooShortException;
import org.levin.engine.EngineOptions;
import org.levin.format.CheckpointFile;
import org.levin.format.DamagedFileException;
import org.levin.internal.Arguments;
import org.levin.provenance.ModelProvenances;
import org.levin.training.Cancellation;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.training.Finding;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingState;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Cost;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** Trains trials by Levin's own trainer, each from its checkpoint to its next rung. */
final class TrialTraining {
  /** What is lost at most when the process is killed. */
  private static final CheckpointInterval INTERVAL =
      CheckpointInterval.every(Duration.ofMinutes(1));

  private final StudyPlan plan;
  private final Corpus corpus;
  private final TrialFiles files;
  private final TrialEvaluation evaluation;
  private final String study;

  /**
   * Makes the training of a plan's trials on a text.
   *
   * @param study the name that models know it by
   */
  TrialTraining(
      StudyPlan plan, Corpus corpus, TrialFiles files, TrialEvaluation evaluation, String study) {
    this.plan = plan;
    this.corpus = corpus;
    this.files = files;
    this.evaluation = evaluation;
    this.study = study;
  }

  /**
   * Trains a trial to its rung, or until it is cancelled; then a checkpoint is left.
   *
   * @param threads that it may use
   * @return what came of it; nothing if it was cancelled
   */
  Optional<Result> train(
      Assignment assignment, int threads, TrainingListener heard, Cancellation outside)
      throws IOException {
    try {
      TrainingOptions options =
          options(assignment.configuration()).toBuilder().threads(threads).build();
      requireMemory(options);
      ToRung rung = new ToRung(assignment.to(), plan.rungs().last(), outside);
      try (SequenceModel model = train(assignment, options, heard, rung)) {
        return rung.isThere()
            ? Optional.of(
                Result.of(
                    assignment.to(), evaluation.measure(model, options, threads, assignment.to())))
            : Optional.empty();
      }
    } catch (TrainingDivergedException | CorpusTooShortException | TooLargeException e) {
      return Optional.of(Result.failed(assignment.to(), e.getMessage()));
    }
  }

  private SequenceModel train(
      Assignment assignment, TrainingOptions options, TrainingListener heard, ToRung rung)
      throws IOException {
    Path file = files.of(assignment.trial());
    OptionalLong done = usable(file, options, assignment.to());
    if (done.isEmpty()) {
      files.delete(assignment.trial());
    }
    Trainer trainer =
        Trainer.of(options)
            .withoutValidation()
            .foundBy(finding(assignment.trial()))
            .checkpointing(new Checkpointing(file, INTERVAL));
    trainer = done.isPresent() ? trainer.resumingFrom(file) : trainer;
    rung.begin(done.orElse(0));
    return trainer.train(corpus, heard.and(rung), rung.cancellation());
  }

  /** A configuration that this JVM has no room for fails, whatever else is trained beside it. */
  private void requireMemory(TrainingOptions options) throws TooLargeException {
    long needed = Cost.bytes(options, corpus.vocabulary().size());
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap) {
      throw new TooLargeException(
          "a training of this size takes about %,d bytes, and Java has %,d in all; give it more with -Xmx"
              .formatted(needed, heap));
    }
  }

  private static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  /**
   * How far the checkpoint is that a trial goes on from; nothing if there is none, or it is of
   * other options, of another text, or too far.
   */
  private OptionalLong usable(Path file, TrainingOptions options, long most) throws IOException {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try {
      TrainingState state = CheckpointFile.readState(file);
      boolean usable =
          state.step() <= most
              && state.options().toMap().equals(options.toMap())
              && plan.corpus().orElseThrow().differenceFrom(state.corpus()).isEmpty();
      return usable ? OptionalLong.of(state.step()) : OptionalLong.empty();
    } catch (DamagedFileException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Keeps how the models of trials that have ended came to be, and deletes checkpoints that are of
   * no more use.
   */
  void tidy(Study search) throws IOException {
    for (Trial trial : search.unrecorded()) {
      Path file = files.of(trial.number());
      if (Files.exists(file) && usable(file, options(trial), trial.steps()).isPresent()) {
        try (SequenceModel model = SequenceModel.load(file, corpus.vocabulary())) {
          search.record(trial, ModelProvenances.toJson(model.provenance()));
        }
      }
    }
    files.keepOnly(search.needed());
  }

  private Finding finding(int trial) {
    StudyHeader header = plan.header();
    return new Finding(study, header.sha256(), header.strategy(), header.seed(), trial);
  }

  /** Returns the model of a trial after its last rung, from its checkpoint or trained again. */
  SequenceModel model(Trial trial, TrainingListener heard, Cancellation cancellation)
      throws IOException {
    Arguments.require(trial.measurement().isPresent(), "trial %d was not trained", trial.number());
    TrainingOptions options = options(trial);
    Path file = files.of(trial.number());
    OptionalLong done = usable(file, options, trial.steps());
    if (done.isEmpty() || done.getAsLong() < trial.steps()) {
      int threads = plan.base().threads().orElseGet(() -> EngineOptions.defaults().threads());
      Assignment all = new Assignment(trial.number(), trial.configuration(), 0, trial.steps());
      ToRung rung = new ToRung(trial.steps(), plan.rungs().last(), cancellation);
      return train(all, options.toBuilder().threads(threads).build(), heard, rung);
    }
    return SequenceModel.load(file, corpus.vocabulary());
  }

  /** Returns a trainer with the options of a trial, but of so many epochs. */
  Trainer trainer(Trial trial, int epochs) {
    TrainingOptions options = trial.configuration().applyTo(plan.base());
    return Trainer.of(options.toBuilder().epochs(epochs).build()).foundBy(finding(trial.number()));
  }

  /** Returns the options that a trial is trained with, to the last rung. */
  TrainingOptions options(Trial trial) {
    try {
      return options(trial.configuration());
    } catch (TooLargeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private TrainingOptions options(Configuration configuration) throws TooLargeException {
    TrainingOptions options = configuration.applyTo(plan.base());
    requireBatch(options);
    long stepsPerEpoch =
        Batcher.contiguous(options.batchSize(), options.sequenceLength())
            .requireBatches(corpus.split(options.validationFraction()).training());
    long steps = plan.rungs().last();
    long epochs = Math.min(Integer.MAX_VALUE, Math.ceilDiv(steps, stepsPerEpoch));
    return options.toBuilder().steps(steps).epochs((int) epochs).build();
  }

  private void requireBatch(TrainingOptions options) throws TooLargeException {
    try {
      options.architecture().tensors(corpus.vocabulary().size());
      Batcher.contiguous(options.batchSize(), options.sequenceLength());
    } catch (IllegalArgumentException e) {
      throw new TooLargeException(e.getMessage());
    }
  }
}
