package org.levin.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.levin.internal.Arguments;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/**
 * How a model is trained. Immutable; made by {@link #builder()}, which holds the defaults: the
 * reference recipe of a 2×512 network.
 *
 * <p>Training ends after {@code steps} or {@code epochs}, whichever comes first.
 *
 * @param architecture layers and hidden units
 * @param initialization how the first values of the parameters are drawn
 * @param dropout probability of dropping a unit between layers and before the last linear layer,
 *     {@code [0,1)}
 * @param epochs how often the training part is read, at least 1
 * @param steps the largest number of steps in all, at least 1; empty for no such limit
 * @param batchSize {@code B}, rows of a batch, at least 1
 * @param sequenceLength {@code T}, steps that gradients flow back, at least 1
 * @param learningRate of Adam, above 0
 * @param schedule how the learning rate changes
 * @param clipNorm the largest global gradient norm, above 0
 * @param validationFraction how much of the corpus, at its end, is held out, {@code [0,1)}
 * @param validateEvery steps between validations, at least 1, besides the one after each epoch;
 *     empty for none
 * @param patience stop after so many validations without a better loss, at least 1, and keep the
 *     best model; empty to go on and keep the last
 * @param seed of initialization and dropout
 * @param engine name of the engine; empty for the best available
 * @param threads CPU threads, at least 1; empty for every processor; never changes a result
 */
public record TrainingOptions(
    LstmArchitecture architecture,
    Initialization initialization,
    double dropout,
    int epochs,
    OptionalLong steps,
    int batchSize,
    int sequenceLength,
    double learningRate,
    LearningRateSchedule schedule,
    double clipNorm,
    double validationFraction,
    OptionalLong validateEvery,
    OptionalInt patience,
    long seed,
    Optional<String> engine,
    OptionalInt threads) {

  /** Checks every value, and that patience has a validation to look at. */
  public TrainingOptions {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(initialization, "initialization");
    Objects.requireNonNull(schedule, "schedule");
    Arguments.fraction(dropout, "dropout");
    Arguments.atLeast(1, epochs, "epochs");
    steps.ifPresent(value -> Arguments.atLeast(1, value, "steps"));
    Arguments.atLeast(1, batchSize, "batchSize");
    Arguments.atLeast(1, sequenceLength, "sequenceLength");
    Arguments.positive(learningRate, "learningRate");
    Arguments.positive(clipNorm, "clipNorm");
    Arguments.fraction(validationFraction, "validation");
    validateEvery.ifPresent(value -> Arguments.atLeast(1, value, "validateEvery"));
    patience.ifPresent(value -> Arguments.atLeast(1, value, "patience"));
    threads.ifPresent(value -> Arguments.atLeast(1, value, "threads"));
    Arguments.require(
        patience.isEmpty() || validationFraction > 0,
        "patience looks at the validation loss, but validation is 0; hold out a part of the text, or leave patience out");
  }

  /** Returns a builder that starts from the defaults. */
  public static Builder<TrainingOptions> builder() {
    return new Builder<>(Function.identity());
  }

  /**
   * Returns what decides the result, by name, in order: engine and threads do not, and an option
   * that was left out is missing.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("layers", architecture.layers());
    map.put("hiddenSize", architecture.hiddenSize());
    map.put("initialization", initialization.label());
    map.put("dropout", dropout);
    map.put("epochs", epochs);
    steps.ifPresent(value -> map.put("steps", value));
    map.put("batchSize", batchSize);
    map.put("sequenceLength", sequenceLength);
    map.put("learningRate", learningRate);
    map.put("schedule", schedule.label());
    map.put("clipNorm", clipNorm);
    map.put("validation", validationFraction);
    validateEvery.ifPresent(value -> map.put("validateEvery", value));
    patience.ifPresent(value -> map.put("patience", value));
    map.put("seed", seed);
    return map;
  }

  /**
   * Returns the options that {@link #toMap} gave; those that decide no result have their defaults.
   *
   * @throws IllegalArgumentException if a name is unknown or missing, or a value of another kind or
   *     out of range; the message names it
   */
  public static TrainingOptions fromMap(Map<String, ?> map) {
    return new OptionValues(map).toOptions();
  }

  /** Returns a builder that starts from these options. */
  public Builder<TrainingOptions> toBuilder() {
    return new Builder<>(Function.identity(), this);
  }

  /** Returns the defaults. */
  public static TrainingOptions defaults() {
    return builder().build();
  }

  /**
   * Collects options, one setter each; the values are checked by {@link #build()}. For their
   * meanings see {@link TrainingOptions}.
   *
   * @param <R> what is built
   */
  public static final class Builder<R> {
    private final Function<TrainingOptions, R> result;
    private LstmArchitecture architecture = LstmArchitecture.of(2, 512);
    private Initialization initialization = Initialization.FAN_IN;
    private double dropout = 0.5;
    private int epochs = 5;
    private OptionalLong steps = OptionalLong.empty();
    private int batchSize = 128;
    private int sequenceLength = 100;
    private double learningRate = 1e-3;
    private LearningRateSchedule schedule = LearningRateSchedule.CONSTANT;
    private double clipNorm = 5;
    private double validation = 0.1;
    private OptionalLong validateEvery = OptionalLong.empty();
    private OptionalInt patience = OptionalInt.empty();
    private long seed = 42;
    private Optional<String> engine = Optional.empty();
    private OptionalInt threads = OptionalInt.empty();

    /** Makes a builder whose {@link #build()} gives what {@code result} makes of the options. */
    public Builder(Function<TrainingOptions, R> result) {
      this.result = result;
    }

    private Builder(Function<TrainingOptions, R> result, TrainingOptions start) {
      this.result = result;
      architecture = start.architecture;
      initialization = start.initialization;
      dropout = start.dropout;
      epochs = start.epochs;
      steps = start.steps;
      batchSize = start.batchSize;
      sequenceLength = start.sequenceLength;
      learningRate = start.learningRate;
      schedule = start.schedule;
      clipNorm = start.clipNorm;
      validation = start.validationFraction;
      validateEvery = start.validateEvery;
      patience = start.patience;
      seed = start.seed;
      engine = start.engine;
      threads = start.threads;
    }

    /** Sets layers and hidden units. */
    public Builder<R> architecture(LstmArchitecture value) {
      architecture = value;
      return this;
    }

    /** Sets how the first values of the parameters are drawn. */
    public Builder<R> initialization(Initialization value) {
      initialization = value;
      return this;
    }

    /** Sets the probability of dropping a unit. */
    public Builder<R> dropout(double value) {
      dropout = value;
      return this;
    }

    /** Sets how often the training part is read. */
    public Builder<R> epochs(int value) {
      epochs = value;
      return this;
    }

    /** Sets the largest number of steps in all. */
    public Builder<R> steps(long value) {
      steps = OptionalLong.of(value);
      return this;
    }

    /** Sets the rows of a batch. */
    public Builder<R> batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Sets the steps that gradients flow back. */
    public Builder<R> sequenceLength(int value) {
      sequenceLength = value;
      return this;
    }

    /** Sets Adam's learning rate. */
    public Builder<R> learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Sets how the learning rate changes. */
    public Builder<R> schedule(LearningRateSchedule value) {
      schedule = value;
      return this;
    }

    /** Sets the largest global gradient norm. */
    public Builder<R> clipNorm(double value) {
      clipNorm = value;
      return this;
    }

    /** Sets the fraction of the corpus that is held out. */
    public Builder<R> validation(double value) {
      validation = value;
      return this;
    }

    /** Sets the steps between validations within an epoch. */
    public Builder<R> validateEvery(long value) {
      validateEvery = OptionalLong.of(value);
      return this;
    }

    /** Sets how many validations without a better loss end the training. */
    public Builder<R> patience(int value) {
      patience = OptionalInt.of(value);
      return this;
    }

    /** Sets the seed of initialization and dropout. */
    public Builder<R> seed(long value) {
      seed = value;
      return this;
    }

    /** Asks for an engine by name. */
    public Builder<R> engine(String value) {
      engine = Optional.of(value);
      return this;
    }

    /** Sets the number of CPU threads. */
    public Builder<R> threads(int value) {
      threads = OptionalInt.of(value);
      return this;
    }

    /**
     * Returns what is built. Throws {@link IllegalArgumentException} if a value is out of range;
     * the message names it.
     */
    public R build() {
      return result.apply(
          new TrainingOptions(
              architecture,
              initialization,
              dropout,
              epochs,
              steps,
              batchSize,
              sequenceLength,
              learningRate,
              schedule,
              clipNorm,
              validation,
              validateEvery,
              patience,
              seed,
              engine,
              threads));
    }
  }
}
