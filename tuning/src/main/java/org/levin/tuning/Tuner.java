package org.levin.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.internal.Arguments;
import org.levin.training.Cancellation;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Objective;

/**
 * Searches for the options that train the best model on a text. Immutable; a search is a file, so
 * that it can be stopped at any time and taken up again. The same tuner finds the same on the same
 * text, with any number of workers, stopped or not, as long as the CPU engine computes and neither
 * time is an objective nor a limit.
 */
public final class Tuner {
  /** How many configurations are tried where nobody says: some minutes for small networks. */
  public static final int DEFAULT_TRIALS = 36;

  /**
   * The options that are not searched, where nobody says: those of the trainer, without dropout,
   * which small networks and short trainings do not need. A conditional parameter has them where it
   * does not count.
   */
  public static final TrainingOptions DEFAULT_OPTIONS =
      TrainingOptions.builder().dropout(0).build();

  private final SearchSpace space;
  private final TrainingOptions options;
  private final Strategy strategy;
  private final OptionalLong trialSteps;
  private final OptionalInt rungs;
  private final Optional<Rungs> given;
  private final List<Objective> objectives;
  private final EvaluationShape evaluation;
  private final long seed;
  private final StudyLimits limits;
  private final OptionalInt workers;

  private Tuner(Builder builder) {
    space = builder.space;
    options = builder.options;
    strategy = builder.strategy;
    trialSteps = builder.trialSteps;
    rungs = builder.rungs;
    rungs.ifPresent(value -> Arguments.atLeast(1, value, "rungs"));
    given = builder.given;
    objectives = List.copyOf(builder.objectives);
    evaluation = builder.evaluation;
    seed = builder.seed;
    limits =
        builder.limited || builder.limits.trials().isPresent()
            ? builder.limits
            : builder.limits.trials(strategy.size().orElse(DEFAULT_TRIALS));
    workers = builder.workers;
    trialSteps.ifPresent(value -> Arguments.atLeast(1, value, "the steps of a trial"));
    workers.ifPresent(value -> Arguments.atLeast(1, value, "workers"));
    Arguments.require(
        options.steps().isEmpty(),
        "steps of a training are set by trialSteps here, and those of all trials together by limits");
    Arguments.require(
        options.patience().isEmpty() && options.validateEvery().isEmpty(),
        "a search measures its trials itself, at its rungs; leave patience and validateEvery out");
    space.requireOptions(options);
  }

  /** Returns a builder; everything has a default. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the plan of this search on a text.
   *
   * @throws org.levin.corpus.CorpusTooShortException if the text is too short to train on
   */
  public StudyPlan plan(Corpus corpus) {
    TrainingCorpus text = Trainer.describe(corpus, corpus.split(options.validationFraction()));
    return new StudyPlan(
        space,
        options,
        strategy,
        given.orElseGet(() -> rungs(text)),
        objectives,
        evaluation,
        seed,
        Optional.of(text));
  }

  private Rungs rungs(TrainingCorpus text) {
    long steps = trialSteps.orElseGet(() -> Budget.steps(text.trainingTokens(), space, options));
    return rungs.isPresent() ? Rungs.halving(steps, rungs.getAsInt()) : Budget.rungs(steps);
  }

  /** Searches; see {@link #tune(Corpus, Path, TuningListener, Cancellation)}. */
  public Tuned tune(Corpus corpus, Path study) throws IOException {
    return tune(corpus, study, TuningListener.none(), new Cancellation());
  }

  /**
   * Searches, or goes on with the search that the file holds, until a limit is reached, nothing is
   * left to try, or it is cancelled. What is trained is kept in the folder {@code STUDY.trials}
   * until it is of no more use; the best model stays there.
   *
   * @param corpus stays open, and the caller's
   * @param study the file that tells the search, line by line
   * @param listener hears how it goes
   * @param cancellation stops the trainings under way; each leaves a checkpoint to go on from
   * @throws IllegalArgumentException if the file holds another search (the message says in what it
   *     differs), or nothing of the text is held out
   * @throws org.levin.corpus.CorpusTooShortException if the text is too short to train on
   * @throws org.levin.format.FileInUseException if another process writes the file
   * @throws org.levin.format.DamagedFileException if the file is damaged, or no study
   * @throws IOException if it, or a checkpoint, cannot be read or written
   * @throws org.levin.engine.EngineUnavailableException if the engine cannot work here
   */
  public Tuned tune(Corpus corpus, Path study, TuningListener listener, Cancellation cancellation)
      throws IOException {
    StudyPlan plan = plan(corpus);
    int processors = options.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
    TrialEvaluation evaluation = TrialEvaluation.of(plan, corpus);
    try (Study search = Study.open(plan, limits, study)) {
      TrialFiles files = TrialFiles.beside(study);
      TrialTraining training =
          new TrialTraining(plan, corpus, files, evaluation, study.getFileName().toString());
      training.tidy(search);
      listener.began(search);
      try (Deadline deadline = Deadline.of(limits.time(), cancellation)) {
        new Workers(
                search,
                training,
                listener,
                deadline.cancellation(),
                workers.orElse(processors),
                processors)
            .run();
      }
      boolean finished = search.isOver();
      return new Tuned(StudyRecord.read(study), search.best(), finished, training);
    }
  }

  /** Collects what a tuner is made of; the values are checked by {@link #build}. */
  public static final class Builder {
    private SearchSpace space = SearchSpace.defaults();
    private TrainingOptions options = DEFAULT_OPTIONS;
    private Strategy strategy = GeneticStrategy.defaults();
    private OptionalLong trialSteps = OptionalLong.empty();
    private OptionalInt rungs = OptionalInt.empty();
    private Optional<Rungs> given = Optional.empty();
    private List<Objective> objectives = List.of(Objective.LOSS);
    private EvaluationShape evaluation = EvaluationShape.DEFAULT;
    private long seed = TrainingOptions.defaults().seed();
    private StudyLimits limits = StudyLimits.none();
    private boolean limited;
    private OptionalInt workers = OptionalInt.empty();

    private Builder() {}

    /** Sets what is searched; {@link SearchSpace#defaults} otherwise. */
    public Builder space(SearchSpace value) {
      space = Objects.requireNonNull(value, "space");
      return this;
    }

    /**
     * Sets the options that are not searched; {@link #DEFAULT_OPTIONS} otherwise. Epochs do not
     * count; threads are divided among the workers.
     */
    public Builder options(TrainingOptions value) {
      options = Objects.requireNonNull(value, "options");
      return this;
    }

    /** Sets what proposes. */
    public Builder strategy(Strategy value) {
      strategy = Objects.requireNonNull(value, "strategy");
      return this;
    }

    /** Sets the steps of a whole training; as many as fit the text otherwise. */
    public Builder trialSteps(long value) {
      trialSteps = OptionalLong.of(value);
      return this;
    }

    /**
     * Sets at how many rungs trials are compared, at most; with one, every trial is trained whole.
     * Otherwise there are four, or fewer where the first would be too short to say anything.
     */
    public Builder rungs(int value) {
      rungs = OptionalInt.of(value);
      return this;
    }

    /** Sets the rungs themselves, in place of how many there are and the steps of a trial. */
    public Builder rungs(Rungs value) {
      given = Optional.of(value);
      return this;
    }

    /** Sets what is to be small besides the loss. */
    public Builder besides(Objective... values) {
      objectives = new ArrayList<>(List.of(Objective.LOSS));
      objectives.addAll(List.of(values));
      return this;
    }

    /** Sets how every model is measured. */
    public Builder evaluation(EvaluationShape value) {
      evaluation = Objects.requireNonNull(value, "evaluation");
      return this;
    }

    /** Sets the seed of the strategy's random numbers. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets how many configurations are tried; {@link #DEFAULT_TRIALS}, or all given, otherwise. */
    public Builder trials(int value) {
      limits = limits.trials(value);
      return this;
    }

    /** Sets how many steps are trained in all, of all trials together. */
    public Builder steps(long value) {
      limits = limits.steps(value);
      return this;
    }

    /** Sets how long the search may take; begun or taken up, it has this time anew. */
    public Builder time(Duration value) {
      limits = limits.time(value);
      return this;
    }

    /** Sets the loss, of a trial that was trained whole, that is good enough. */
    public Builder loss(double value) {
      limits = limits.loss(value);
      return this;
    }

    /** Sets all limits at once, also that there is no limit to the trials. */
    public Builder limits(StudyLimits value) {
      limits = Objects.requireNonNull(value, "limits");
      limited = true;
      return this;
    }

    /** Sets how many trials are trained at a time; one a processor otherwise. */
    public Builder workers(int value) {
      workers = OptionalInt.of(value);
      return this;
    }

    /** Returns the tuner. Throws {@link IllegalArgumentException} if a value is out of range. */
    public Tuner build() {
      return new Tuner(this);
    }
  }
}
