package org.levin;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.Split;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.evaluation.Evaluation;
import org.levin.format.ModelFile;
import org.levin.format.Sha256;
import org.levin.internal.Arguments;
import org.levin.model.Parameters;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainerConfiguration;
import org.levin.provenance.TrainingRecord;
import org.levin.training.Cancellation;
import org.levin.training.EarlyStopping;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingPlan;
import org.levin.training.ValidationMetrics;

/**
 * One training, from the first step to the model: epochs, schedule, validation, and when to stop.
 */
final class TrainingRun {
  private static final double NANOS = 1e9;

  private final TrainingOptions options;
  private final Batcher batcher;
  private final Optional<SequenceModel> start;
  private final Corpus corpus;
  private final Engine engine;
  private final EngineOptions machine;
  private final TrainingListener listener;
  private final Cancellation cancellation;
  private final Split split;
  private final Optional<Batcher> validationBatcher;
  private final EarlyStopping earlyStopping;
  private final long stepsPerEpoch;
  private final long steps;

  private long step;
  private double trainingLoss = Double.NaN;
  private OptionalDouble validationLoss = OptionalDouble.empty();
  private Optional<Snapshot> best = Optional.empty();

  /** A model worth keeping, and what was known of it. */
  private record Snapshot(Parameters parameters, TrainingRecord.Result result) {}

  TrainingRun(
      TrainingOptions options,
      Batcher batcher,
      Optional<SequenceModel> start,
      Corpus corpus,
      Engine engine,
      EngineOptions machine,
      TrainingListener listener,
      Cancellation cancellation) {
    this.options = options;
    this.batcher = batcher;
    this.start = start;
    this.corpus = corpus;
    this.engine = engine;
    this.machine = machine;
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
  }

  SequenceModel run() {
    Parameters first = start.map(SequenceModel::parameters).orElseGet(this::initialParameters);
    try (Network network = engine.network(first);
        NetworkState state = network.state(batcher.rows())) {
      listener.started(plan(first));
      while (step < steps && !cancellation.cancelled() && !earlyStopping.exhausted()) {
        step(network, state);
        if (validationIsDue()) {
          validate(network);
        }
      }
      return model(best.orElseGet(() -> snapshot(network)));
    }
  }

  private Parameters initialParameters() {
    return options
        .initialization()
        .parameters(options.architecture(), corpus.vocabulary().size(), options.seed());
  }

  private void requireVocabularyOf(SequenceModel model) {
    Arguments.require(
        corpus.vocabulary().fingerprint().equals(model.vocabulary().fingerprint()),
        "the corpus is encoded with another vocabulary (%d symbols) than the model to start from (%d symbols); encode the text with that model's vocabulary",
        corpus.vocabulary().size(),
        model.vocabulary().size());
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

  private boolean validationIsDue() {
    boolean every =
        options.validateEvery().isPresent() && step % options.validateEvery().getAsLong() == 0;
    return validationBatcher.isPresent() && (every || step % stepsPerEpoch == 0 || step == steps);
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
    validationLoss = measured;
    boolean improved = earlyStopping.improves(loss);
    if (improved && options.patience().isPresent()) {
      best = Optional.of(snapshot(network));
    }
    listener.validated(new ValidationMetrics(step, epoch(), loss, improved));
  }

  private Snapshot snapshot(Network network) {
    return new Snapshot(
        finiteParameters(network),
        new TrainingRecord.Result(OffsetDateTime.now(), step, trainingLoss, validationLoss));
  }

  /** The last update may overflow, and no step follows that would notice. */
  private Parameters finiteParameters(Network network) {
    try {
      return network.parameters();
    } catch (IllegalArgumentException e) {
      throw new TrainingDivergedException(step, e.getMessage());
    }
  }

  private TrainingPlan plan(Parameters parameters) {
    return new TrainingPlan(
        engine.name(),
        parameters.count(),
        parameters.vocabularySize(),
        split.training().size(),
        split.validation().size(),
        (long) batcher.rows() * batcher.steps(),
        stepsPerEpoch,
        steps);
  }

  /** The options that had a say: parameters of a model are not initialized. */
  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new LinkedHashMap<>(options.toMap());
    start.ifPresent(model -> configuration.remove("initialization"));
    return configuration;
  }

  private SequenceModel model(Snapshot snapshot) {
    TrainingRecord record =
        new TrainingRecord(
            SequenceModel.class.getName(),
            TrainerConfiguration.class.getName(),
            configuration(),
            new TrainingRecord.Corpus(
                corpus.sources(),
                corpus.size(),
                split.training().size(),
                split.validation().size(),
                corpus.vocabulary().size(),
                corpus.vocabulary().fingerprint()),
            start.map(model -> Sha256.ofTensors(ModelFile.tensors(model.parameters()))),
            new TrainingRecord.Engine(engine.name(), engine.version(), machine.threads()),
            snapshot.result());
    return new LstmSequenceModel(
        new ModelFile(
            snapshot.parameters(),
            corpus.vocabulary(),
            ModelProvenances.toJson(ModelProvenances.of(record))),
        options.engine());
  }
}
