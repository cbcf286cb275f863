package org.levin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.Split;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.evaluation.Evaluation;
import org.levin.format.CheckpointFile;
import org.levin.format.ModelFile;
import org.levin.internal.Arguments;
import org.levin.model.Parameters;
import org.levin.provenance.TrainingRecord;
import org.levin.training.Cancellation;
import org.levin.training.EarlyStopping;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingPlan;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;

/**
 * One training, from the first step, or from a checkpoint, to the model: epochs, schedule,
 * validation, checkpoints, and when to stop.
 */
final class TrainingRun {
  private static final double NANOS = 1e9;

  private final Trainer trainer;
  private final TrainingOptions options;
  private final Batcher batcher;
  private final Corpus corpus;
  private final Engine engine;
  private final TrainingListener listener;
  private final Cancellation cancellation;
  private final Checkpoints checkpoints;
  private final Optional<CheckpointFile> resumed;
  private final Optional<SequenceModel> start;
  private final RunRecord record;
  private final Split split;
  private final Optional<Batcher> validationBatcher;
  private final EarlyStopping earlyStopping;
  private final long stepsPerEpoch;
  private final long steps;

  private final List<ValidationMetrics> validations = new ArrayList<>();
  private long step;
  private double trainingLoss = Double.NaN;

  /** The best parameters so far, where patience looks for them. */
  private Optional<Parameters> best = Optional.empty();

  TrainingRun(
      Trainer trainer,
      Corpus corpus,
      Engine engine,
      EngineOptions machine,
      Checkpoints checkpoints,
      TrainingListener listener,
      Cancellation cancellation) {
    this.trainer = trainer;
    options = trainer.options();
    batcher = trainer.batcher();
    start = trainer.start();
    this.checkpoints = checkpoints;
    this.corpus = corpus;
    this.engine = engine;
    this.listener = listener;
    this.cancellation = cancellation;
    start.ifPresent(this::requireVocabularyOf);
    split = corpus.split(options.validationFraction());
    validationBatcher =
        Batcher.fitting(options.batchSize(), options.sequenceLength(), split.validation());
    Arguments.require(
        options.patience().isEmpty() || validationBatcher.isPresent(),
        "patience looks at the validation loss, but of %d tokens none are held out; leave patience out, or take more text",
        corpus.size());
    earlyStopping = new EarlyStopping(options.patience());
    stepsPerEpoch = batcher.requireBatches(split.training());
    steps =
        Math.min(
            options.steps().orElse(Long.MAX_VALUE),
            Math.multiplyExact(options.epochs(), stepsPerEpoch));
    resumed = trainer.checkpoint().map(this::read);
    record = RunRecord.of(trainer, corpus, split, engine, machine, resumed);
  }

  SequenceModel run() {
    try (Network network = engine.network(firstParameters());
        NetworkState state = network.state(batcher.rows())) {
      Supplier<CheckpointFile> checkpoint = () -> checkpoint(network, state);
      resumed.ifPresent(from -> restore(from, network, state));
      listener.started(plan());
      validateIfDue(network);
      while (step < lastStep() && !cancellation.cancelled() && !earlyStopping.exhausted()) {
        step(network, state);
        validateIfDue(network);
        checkpoints.after(step, checkpoint);
      }
      checkpoints.afterLast(step, cancellation.cancelled(), checkpoint);
      return new LstmSequenceModel(model(() -> finiteParameters(network)), options.engine());
    }
  }

  private void requireVocabularyOf(SequenceModel model) {
    Arguments.require(
        corpus.vocabulary().fingerprint().equals(model.vocabulary().fingerprint()),
        "the corpus is encoded with another vocabulary (%d symbols) than the model to start from (%d symbols); encode the text with that model's vocabulary",
        corpus.vocabulary().size(),
        model.vocabulary().size());
  }

  private CheckpointFile read(Path file) {
    try {
      requireThisTraining(file, CheckpointFile.readState(file));
      return CheckpointFile.read(file, corpus.vocabulary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireThisTraining(Path file, TrainingState state) {
    Trainer.requireSameOptions(file, options, state.options());
    RunRecord.describe(corpus, split)
        .differenceFrom(state.corpus())
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "%s was begun with another corpus: this one has %s".formatted(file, difference));
            });
    Arguments.require(
        state.batcher().equals(RunRecord.describe(batcher))
            && state.stepsPerEpoch() == stepsPerEpoch,
        "%s was begun with another batcher: %s, not %s",
        file,
        state.batcher(),
        RunRecord.describe(batcher));
    start.ifPresent(
        model ->
            Arguments.require(
                state.start().equals(Optional.of(RunRecord.digest(model))),
                "%s was not begun with the parameters of the model to start from",
                file));
  }

  private Parameters firstParameters() {
    return resumed
        .map(CheckpointFile::parameters)
        .or(() -> start.map(SequenceModel::parameters))
        .orElseGet(
            () ->
                options
                    .initialization()
                    .parameters(
                        options.architecture(), corpus.vocabulary().size(), options.seed()));
  }

  private void restore(CheckpointFile from, Network network, NetworkState state) {
    network.restore(
        new OptimizerState(from.firstMoment().toArray(), from.secondMoment().toArray()));
    state.set(from.hidden(), from.cell());
    step = from.state().step();
    trainingLoss = from.state().trainingLoss();
    for (ValidationMetrics validation : from.state().validations()) {
      validations.add(validation);
      earlyStopping.improves(validation.loss());
    }
    if (options.patience().isPresent() && !validations.isEmpty()) {
      best = Optional.of(from.model().parameters());
    }
    trainer.checkpoint().ifPresent(file -> checkpoints.resumed(file, step));
    listener.resumed(from.state());
  }

  private void step(Network network, NetworkState state) {
    long position = step % stepsPerEpoch;
    if (position == 0) {
      state.reset();
    }
    step++;
    double rate = options.learningRate() * options.schedule().factor(step, steps);
    var batch = batcher.batch(split.training(), position);
    long start = System.nanoTime();
    StepResult result =
        network.train(
            batch,
            state,
            new TrainingStep(
                step, rate, options.dropout(), options.clipNorm(), options.seed(), Adam.DEFAULT));
    if (!result.finite()) {
      throw new TrainingDivergedException(
          step, "loss " + result.loss() + ", gradient norm " + result.gradientNorm());
    }
    trainingLoss = result.loss();
    double seconds = Math.max(1, System.nanoTime() - start) / NANOS;
    listener.stepped(
        new StepMetrics(
            step,
            epoch(),
            result.loss(),
            result.gradientNorm(),
            rate,
            batch.inputs().length / seconds));
  }

  /** The epoch of the step done last, counted from 1. */
  private long epoch() {
    return (step - 1) / stepsPerEpoch + 1;
  }

  private long lastStep() {
    return Math.min(steps, trainer.stop().map(Trainer.Stop::step).orElse(steps));
  }

  private boolean leavesOutTheLastValidation() {
    return trainer.stop().filter(stop -> stop.step() == step && !stop.validated()).isPresent();
  }

  /** A training that was cancelled while it validated goes on with that validation. */
  private void validateIfDue(Network network) {
    boolean every =
        options.validateEvery().isPresent() && step % options.validateEvery().getAsLong() == 0;
    boolean due = step > 0 && (every || step % stepsPerEpoch == 0 || step == steps);
    boolean done = !validations.isEmpty() && validations.getLast().step() == step;
    if (validationBatcher.isPresent() && due && !done && !leavesOutTheLastValidation()) {
      validate(network);
    }
  }

  private void validate(Network network) {
    listener.validating();
    OptionalDouble measured =
        Evaluation.loss(network, split.validation(), validationBatcher.orElseThrow(), cancellation);
    if (measured.isEmpty()) {
      return;
    }
    double loss = measured.getAsDouble();
    if (!Double.isFinite(loss)) {
      throw new TrainingDivergedException(step, "validation loss " + loss);
    }
    boolean improved = earlyStopping.improves(loss);
    if (improved && options.patience().isPresent()) {
      best = Optional.of(finiteParameters(network));
    }
    ValidationMetrics validation =
        new ValidationMetrics(step, epoch(), trainingLoss, loss, improved);
    validations.add(validation);
    listener.validated(validation);
  }

  /** The last update may overflow, and no step follows that would notice. */
  private Parameters finiteParameters(Network network) {
    try {
      return network.parameters();
    } catch (IllegalArgumentException e) {
      throw new TrainingDivergedException(step, e.getMessage());
    }
  }

  /** Returns the best model where patience is set, or else that of the last step. */
  private ModelFile model(Supplier<Parameters> last) {
    Optional<ValidationMetrics> measured =
        validations.reversed().stream()
            .filter(validation -> validation.best() || best.isEmpty())
            .findFirst();
    boolean ended = step == steps || earlyStopping.exhausted();
    return record.model(
        best.orElseGet(last),
        new TrainingRecord.Result(
            OffsetDateTime.now(),
            best.isPresent() ? measured.orElseThrow().step() : step,
            best.isPresent() ? measured.orElseThrow().trainingLoss() : trainingLoss,
            measured
                .map(validation -> OptionalDouble.of(validation.loss()))
                .orElse(OptionalDouble.empty()),
            ended ? OptionalLong.empty() : OptionalLong.of(step)));
  }

  private CheckpointFile checkpoint(Network network, NetworkState state) {
    Parameters last = finiteParameters(network);
    OptimizerState moments = network.optimizerState();
    return new CheckpointFile(
        model(() -> last),
        last,
        moment(last, moments.firstMoment()),
        moment(last, moments.secondMoment()),
        state.hidden(),
        state.cell(),
        state());
  }

  private Parameters moment(Parameters of, float[] values) {
    try {
      return Parameters.of(of.architecture(), of.vocabularySize(), values);
    } catch (IllegalArgumentException e) {
      throw new TrainingDivergedException(step, "a moment of Adam: " + e.getMessage());
    }
  }

  private TrainingState state() {
    return new TrainingState(
        options,
        record.corpus(),
        RunRecord.describe(batcher),
        batcher.rows(),
        stepsPerEpoch,
        steps,
        step,
        trainingLoss,
        validations,
        record.start(),
        record.engines(),
        checkpoints.interval());
  }

  private TrainingPlan plan() {
    int symbols = corpus.vocabulary().size();
    return new TrainingPlan(
        engine.name(),
        Math.toIntExact(options.architecture().parameterCount(symbols)),
        symbols,
        split.training().size(),
        split.validation().size(),
        (long) batcher.rows() * batcher.steps(),
        stepsPerEpoch,
        steps);
  }
}
