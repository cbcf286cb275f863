package org.levin.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusTooShortException;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.evaluation.Evaluation;
import org.levin.format.CheckpointFile;
import org.levin.format.DamagedFileException;
import org.levin.internal.Arguments;
import org.levin.provenance.ModelProvenances;
import org.levin.sampling.Sampler;
import org.levin.training.Cancellation;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.training.Finding;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** Trains trials by Levin's own trainer, each from its checkpoint to its next rung. */
final class TrialTraining {
  /** What is lost at most when the process is killed. */
  private static final CheckpointInterval INTERVAL =
      CheckpointInterval.every(Duration.ofMinutes(1));

  private static final int WRITTEN = 200;
  private static final int TIMES = 3;
  private static final double NANOS = 1e9;

  private final StudyPlan plan;
  private final Corpus corpus;
  private final TrialFiles files;
  private final String study;
  private final TokenSequence validation;
  private final Batcher batcher;

  /**
   * Makes the training of a plan's trials on a text.
   *
   * @param study the name that models know it by
   * @throws IllegalArgumentException if nothing of the text is held out to measure them on
   */
  TrialTraining(StudyPlan plan, Corpus corpus, TrialFiles files, String study) {
    this.plan = plan;
    this.corpus = corpus;
    this.files = files;
    this.study = study;
    EvaluationShape shape = plan.evaluation();
    TokenSequence all = corpus.split(plan.base().validationFraction()).validation();
    validation = all.slice(0, Math.min(all.size(), shape.tokens()));
    batcher =
        Batcher.fitting(shape.rows(), shape.steps(), validation)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "trials are compared by their validation loss, but of %d tokens none are held out; take more text, or hold out more"
                            .formatted(corpus.size())));
  }

  /** What came of a trial, and how its model came to be; nothing if it was cancelled. */
  record Outcome(Optional<Result> result, Optional<String> provenance) {}

  /**
   * Trains a trial to its rung, or until it is cancelled; then a checkpoint is left.
   *
   * @param threads that it may use
   */
  Outcome train(Assignment assignment, int threads, TrainingListener heard, Cancellation outside)
      throws IOException {
    try {
      TrainingOptions options =
          options(assignment.configuration()).toBuilder().threads(threads).build();
      Path file = files.of(assignment.trial());
      Optional<Long> done = stepsIn(file, options);
      if (done.isEmpty()) {
        files.tidy(assignment.trial());
        Files.deleteIfExists(file);
      }
      Trainer trainer =
          Trainer.of(options)
              .foundBy(finding(assignment.trial()))
              .checkpointing(new Checkpointing(file, INTERVAL));
      trainer = done.isPresent() ? trainer.resumingFrom(file) : trainer;
      ToRung stop = new ToRung(assignment.to(), plan.rungs().last(), done.orElse(0L), outside);
      try (SequenceModel model = trainer.train(corpus, heard.and(stop), stop.cancellation)) {
        return stop.step < assignment.to()
            ? new Outcome(Optional.empty(), Optional.empty())
            : new Outcome(
                Optional.of(Result.of(assignment.to(), measure(model, options, threads))),
                Optional.of(ModelProvenances.toJson(model.provenance())));
      }
    } catch (TrainingDivergedException | CorpusTooShortException e) {
      return new Outcome(
          Optional.of(Result.failed(assignment.to(), e.getMessage())), Optional.empty());
    }
  }

  private Finding finding(int trial) {
    StudyHeader header = plan.header();
    return new Finding(study, header.sha256(), header.strategy(), header.seed(), trial);
  }

  /** Returns the model of a trial after its last rung, from its checkpoint or trained again. */
  SequenceModel model(Trial trial) throws IOException {
    Arguments.require(trial.measurement().isPresent(), "trial %d was not trained", trial.number());
    Path file = files.of(trial.number());
    Optional<Long> done = stepsIn(file, options(trial.configuration()));
    if (done.filter(steps -> steps == trial.steps()).isEmpty()) {
      Files.deleteIfExists(file);
      Assignment all = new Assignment(trial.number(), trial.configuration(), 0, trial.steps());
      int threads = plan.base().threads().orElseGet(() -> EngineOptions.defaults().threads());
      train(all, threads, TrainingListener.none(), new Cancellation());
    }
    return SequenceModel.load(file, corpus.vocabulary());
  }

  /** Returns a trainer with the options of a trial, but of so many epochs. */
  Trainer trainer(Trial trial, int epochs) {
    TrainingOptions options = trial.configuration().applyTo(plan.base());
    return Trainer.of(options.toBuilder().epochs(epochs).build()).foundBy(finding(trial.number()));
  }

  /** Returns the options that a configuration is trained with, to the last rung. */
  TrainingOptions options(Configuration configuration) {
    TrainingOptions options = configuration.applyTo(plan.base());
    long stepsPerEpoch =
        Batcher.contiguous(options.batchSize(), options.sequenceLength())
            .requireBatches(corpus.split(options.validationFraction()).training());
    long steps = plan.rungs().last();
    int epochs = Math.toIntExact(Math.ceilDiv(steps, stepsPerEpoch));
    return options.toBuilder().steps(steps).epochs(epochs).build();
  }

  /** How far the checkpoint is; nothing if there is none to go on from. */
  private static Optional<Long> stepsIn(Path file, TrainingOptions options) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var state = CheckpointFile.readState(file);
      return state.options().toMap().equals(options.toMap())
          ? Optional.of(state.step())
          : Optional.empty();
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /** Ends a training at a rung, or when all is cancelled; at the last rung it ends by itself. */
  private static final class ToRung implements TrainingListener {
    private final long rung;
    private final long last;
    private final Cancellation cancellation;
    private long step;

    ToRung(long rung, long last, long done, Cancellation outside) {
      this.rung = rung;
      this.last = last;
      cancellation = new Cancellation(outside);
      step = done;
      stopIfThere();
    }

    @Override
    public void stepped(StepMetrics metrics) {
      step = metrics.step();
      stopIfThere();
    }

    private void stopIfThere() {
      if (step >= rung && step < last) {
        cancellation.cancel();
      }
    }
  }

  private Measurement measure(SequenceModel model, TrainingOptions options, int threads) {
    double loss;
    try (Engine engine = Engines.open(options.engine(), new EngineOptions(threads));
        Network network = engine.network(model.parameters())) {
      loss = Evaluation.loss(network, validation, batcher);
    }
    if (!Double.isFinite(loss)) {
      throw new TrainingDivergedException(plan.rungs().last(), "validation loss " + loss);
    }
    return new Measurement(
        loss,
        OptionalLong.of(options.architecture().parameterCount(corpus.vocabulary().size())),
        plan.objectives().contains(Objective.TIME)
            ? OptionalDouble.of(secondsPerCharacter(model))
            : OptionalDouble.empty());
  }

  /** The least of some times: what others do on the machine only ever adds to it. */
  private static double secondsPerCharacter(SequenceModel model) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      model.generate("", WRITTEN, Sampler.temperature(1), i);
      least = Math.min(least, (System.nanoTime() - start) / NANOS / WRITTEN);
    }
    return least;
  }
}
