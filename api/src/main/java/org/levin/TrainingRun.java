package org.levin;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.levin.corpus.Batch;
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
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingPlan;
import org.levin.training.TrainingState;

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
  private final long stepsPerEpoch;
  private final long steps;
  private final TrainingProgress progress;

  /** The batch of the next step, once one before it has been done. */
  private Optional<Batch> upcoming = Optional.empty();

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
        trainer.validating()
            ? Batcher.fitting(options.batchSize(), options.sequenceLength(), split.validation())
            : Optional.empty();
    Arguments.require(
        options.patience().isEmpty() || validationBatcher.isPresent(),
        "patience looks at the validation loss, but of %d tokens none are held out; leave patience out, or take more text",
        corpus.size());
    stepsPerEpoch = batcher.requireBatches(split.training());
    steps =
        Math.min(
            options.steps().orElse(Long.MAX_VALUE),
            Math.multiplyExact(options.epochs(), stepsPerEpoch));
    progress = new TrainingProgress(steps, options.patience(), validationBatcher.isPresent());
    resumed = trainer.checkpoint().map(new Resumption(trainer, corpus, split, stepsPerEpoch)::read);
    record = RunRecord.of(trainer, corpus, split, engine, machine, resumed);
  }

  SequenceModel run() {
    try (Network network = engine.network(firstParameters());
        NetworkState state = network.state(batcher.rows())) {
      Supplier<CheckpointFile> checkpoint = () -> checkpoint(network, state);
      resumed.ifPresent(from -> restore(from, network, state));
      listener.started(plan());
      validateIfDue(network);
      while (!progress.hasEnded() && !isStopped()) {
        step(network, state);
        validateIfDue(network);
        checkpoints.after(progress.step(), checkpoint);
      }
      checkpoints.afterLast(progress.step(), cancellation.cancelled(), checkpoint);
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
    progress.resume(from);
    trainer.checkpoint().ifPresent(file -> checkpoints.resumed(file, progress.step()));
    listener.resumed(from.state());
  }

  private void step(Network network, NetworkState state) {
    long step = progress.step() + 1;
    if (position(step) == 0) {
      state.reset();
    }
    double rate = options.learningRate() * options.schedule().factor(step, steps);
    Batch batch = upcoming.orElseGet(() -> batch(step));
    upcoming = step < steps ? Optional.of(batch(step + 1)) : Optional.empty();
    upcoming.ifPresent(network::expect);
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
    progress.stepped(result.loss());
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

  /** Where a step's batch stands in its epoch, from 0. */
  private long position(long step) {
    return (step - 1) % stepsPerEpoch;
  }

  private Batch batch(long step) {
    return batcher.batch(split.training(), position(step));
  }

  /** The epoch of the step done last, counted from 1. */
  private long epoch() {
    return (progress.step() - 1) / stepsPerEpoch + 1;
  }

  private boolean isStopped() {
    return cancellation.cancelled()
        || trainer.stop().filter(stop -> stop.step() == progress.step()).isPresent();
  }

  /** A training that was cancelled while it validated goes on with that validation. */
  private void validateIfDue(Network network) {
    if (validationBatcher.isPresent() && validationIsDue() && !progress.isValidated()) {
      validate(network);
    }
  }

  private boolean validationIsDue() {
    long step = progress.step();
    boolean every =
        options.validateEvery().isPresent() && step % options.validateEvery().getAsLong() == 0;
    boolean leftOut =
        trainer.stop().filter(stop -> stop.step() == step && !stop.validated()).isPresent();
    return step > 0 && (every || step % stepsPerEpoch == 0 || step == steps) && !leftOut;
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
      throw new TrainingDivergedException(progress.step(), "validation loss " + loss);
    }
    listener.validated(progress.validated(epoch(), loss, () -> finiteParameters(network)));
  }

  /** The last update may overflow, and no step follows that would notice. */
  private Parameters finiteParameters(Network network) {
    try {
      return network.parameters();
    } catch (IllegalArgumentException e) {
      throw new TrainingDivergedException(progress.step(), e.getMessage());
    }
  }

  private ModelFile model(Supplier<Parameters> last) {
    return record.model(progress.kept(last), progress.result());
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
      throw new TrainingDivergedException(progress.step(), "a moment of Adam: " + e.getMessage());
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
        progress.step(),
        progress.trainingLoss(),
        progress.validations(),
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
