package org.levin.cli;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.levin.SequenceModel;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.training.LearningRateSchedule;
import org.levin.training.TrainingOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of training as flags. What is not given keeps the default of the builder that it is
 * applied to.
 */
final class TrainingFlags {
  /**
   * Which flag sets an option of the library: its errors name the option, the user knows the flag.
   */
  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("schedule", "--schedule"),
          Map.entry("initialization", "--initialization"),
          Map.entry("layers", "--layers"),
          Map.entry("hiddenSize", "--hidden"),
          Map.entry("dropout", "--dropout"),
          Map.entry("epochs", "--epochs"),
          Map.entry("steps", "--steps"),
          Map.entry("batchSize", "--batch"),
          Map.entry("sequenceLength", "--sequence"),
          Map.entry("learningRate", "--learning-rate"),
          Map.entry("clipNorm", "--clip-norm"),
          Map.entry("validation", "--validation"),
          Map.entry("validateEvery", "--validate-every"),
          Map.entry("patience", "--patience"),
          Map.entry("seed", "--seed"),
          Map.entry("threads", "--threads"));

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "LSTM layers (${bundle:default.layers}).")
  private Integer layers;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Units of each layer (${bundle:default.hiddenSize}).")
  private Integer hidden;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows of a minibatch (${bundle:default.batchSize}).")
  private Integer batch;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "Characters that gradients flow back (${bundle:default.sequenceLength}).")
  private Integer sequence;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often the text is read (${bundle:default.epochs}).")
  private Integer epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Stop after so many steps, if the epochs have not ended before.")
  private Long steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Adam's learning rate (${bundle:default.learningRate}).")
  private Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the learning rate changes: constant or cosine (${bundle:default.schedule}).")
  private String schedule;

  @Option(
      names = "--initialization",
      paramLabel = "NAME",
      description =
          "First values: fan-in, or uniform as in PyTorch (${bundle:default.initialization}).")
  private String initialization;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "Probability of dropping a unit (${bundle:default.dropout}).")
  private Double dropout;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      description = "Largest gradient norm (${bundle:default.clipNorm}).")
  private Double clipNorm;

  @Option(
      names = "--validation",
      paramLabel = "X",
      description =
          "Fraction of the text, at its end, that is held out (${bundle:default.validation}).")
  private Double validation;

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description = "Validate every N steps too, not only after each epoch.")
  private Long validateEvery;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after N validations without a better loss, and keep the best model.")
  private Integer patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same model (${bundle:default.seed}).")
  private Long seed;

  @Mixin private EngineFlag engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads (all processors); never changes the result.")
  private Integer threads;

  /**
   * Returns the options of a training that starts from a model: the flags given, over the builder's
   * own values. What the model decides can be repeated, but not changed.
   */
  TrainingOptions options(TrainingOptions.Builder<TrainingOptions> builder, SequenceModel start) {
    LstmArchitecture own = start.architecture();
    unlessEqual("--layers", layers, own.layers());
    unlessEqual("--hidden", hidden, own.hiddenSize());
    if (initialization != null) {
      throw new UsageException("--initialization has no say where --from gives the parameters");
    }
    return options(builder.architecture(own));
  }

  private static void unlessEqual(String flag, Integer given, int own) {
    if (given != null && given != own) {
      throw new UsageException(
          flag + " is " + given + ", but the model of --from has " + own + "; leave it out");
    }
  }

  /** Returns the options: the flags given, over the builder's own values. */
  TrainingOptions options(TrainingOptions.Builder<TrainingOptions> builder) {
    try {
      return apply(builder).build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(withFlag(e.getMessage()), e);
    }
  }

  private TrainingOptions.Builder<TrainingOptions> apply(
      TrainingOptions.Builder<TrainingOptions> builder) {
    LstmArchitecture base = builder.build().architecture();
    if (layers != null || hidden != null) {
      builder.architecture(
          LstmArchitecture.of(
              layers == null ? base.layers() : layers,
              hidden == null ? base.hiddenSize() : hidden));
    }
    set(batch, builder::batchSize);
    set(sequence, builder::sequenceLength);
    set(epochs, builder::epochs);
    set(steps, builder::steps);
    set(learningRate, builder::learningRate);
    set(schedule, label -> builder.schedule(LearningRateSchedule.labelled(label)));
    set(initialization, label -> builder.initialization(Initialization.labelled(label)));
    set(dropout, builder::dropout);
    set(clipNorm, builder::clipNorm);
    set(validation, builder::validation);
    set(validateEvery, builder::validateEvery);
    set(patience, builder::patience);
    set(seed, builder::seed);
    engine.name().ifPresent(builder::engine);
    set(threads, builder::threads);
    return builder;
  }

  private static <T> void set(T value, Function<T, ?> setter) {
    Optional.ofNullable(value).ifPresent(setter::apply);
  }

  /** Returns a message of the library with the flag in place of the option that it begins with. */
  static String withFlag(String message) {
    String option = message.substring(0, Math.max(0, message.indexOf(' ')));
    String flag = FLAGS.get(option);
    return flag == null ? message : flag + message.substring(option.length());
  }
}
