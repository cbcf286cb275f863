package org.levin.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.levin.training.CheckpointInterval;
import org.levin.training.TrainingOptions;
import org.levin.tuning.Tuner;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.GivenStrategy;
import org.levin.tuning.strategy.RandomStrategy;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Objective;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is searched, how, and for how long, as flags. */
final class TuningFlags {
  private static final int RANDOM_GROUP = 9;

  /** How the strategies are called, and whether their trials end early. */
  private enum Named {
    HALVING,
    GENETIC,
    RANDOM,
    GIVEN
  }

  @Option(
      names = "--space",
      paramLabel = "SPEC",
      description = {
        "What to search, in place of the usual range of that option; may be repeated:",
        "\"learning-rate=1e-4..1e-2 log\", hidden=64..512/64, \"schedule=constant|cosine\", batch=64, "
            + "\"dropout=0..0.5 if layers=2\", \"parameters<=2000000\", \"memory<=512MB\"."
      })
  private List<String> space = List.of();

  @Option(
      names = "--only",
      description =
          "Search nothing but what --space names; everything else is as 'levin train' has it, without dropout.")
  private boolean only;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "halving: breed from the best, and end bad trials early (the default); genetic: breed, "
              + "and train all to the end; random; given: those of --given.")
  private Named strategy;

  @Option(
      names = "--given",
      paramLabel = "FILE",
      description = "Try these, a line each: hidden=64 learning-rate=0.01")
  private Path given;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many configurations to try (${bundle:default.trials}).")
  private Integer trials;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Stop after so many steps of training, of all trials together.")
  private Long steps;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Stop after so long, as 90s, 10m or 2h; the same command goes on later.")
  private String time;

  @Option(
      names = "--loss",
      paramLabel = "X",
      description = "Stop when a trial that was trained to its end has this validation loss.")
  private Double loss;

  @Option(
      names = "--trial-steps",
      paramLabel = "N",
      description = "Steps that the best trials are trained (as many as fit the text).")
  private Long trialSteps;

  @Option(
      names = "--rungs",
      paramLabel = "N",
      description =
          "At how many points trials are compared and the worse two thirds end (4 with halving, else 1).")
  private Integer rungs;

  @Option(
      names = "--besides",
      paramLabel = "NAME",
      split = ",",
      description = "Make this small, too, besides the loss: parameters, time.")
  private List<String> besides = List.of();

  @Option(
      names = "--validation",
      paramLabel = "X",
      description =
          "Fraction of the text, at its end, that trials are measured on (${bundle:default.validation}).")
  private Double validation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed searches the same way (${bundle:default.seed}).")
  private Long seed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Trials at a time (one a processor); never changes the result.")
  private Integer workers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads for all workers together (all processors).")
  private Integer threads;

  @Mixin private EngineFlag engine;

  /** Returns the file of configurations that is read; null if none was given. */
  Path given() {
    return given;
  }

  /** Returns the objective besides the loss that was named first; null if there is none. */
  Objective besides() {
    return besides.isEmpty() ? null : Objective.labelled(besides.getFirst());
  }

  /** Returns the tuner that the flags describe. */
  Tuner tuner() throws IOException {
    try {
      List<Configuration> listed = given == null ? List.of() : configurations();
      Tuner.Builder builder =
          Tuner.builder().options(options()).space(searched(listed)).strategy(strategy(listed));
      if (rungs != null) {
        builder.rungs(rungs);
      } else if (strategyName() != Named.HALVING) {
        builder.rungs(1);
      }
      if (besides.contains(Objective.LOSS.label())) {
        throw new UsageException(
            "--besides names what is small besides the loss: parameters, time");
      }
      builder.besides(besides.stream().map(Objective::labelled).toArray(Objective[]::new));
      set(builder);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private void set(Tuner.Builder builder) {
    if (trials != null) {
      builder.trials(trials);
    }
    if (steps != null) {
      builder.steps(steps);
    }
    if (time != null) {
      builder.time(duration());
    }
    if (loss != null) {
      builder.loss(loss);
    }
    if (trialSteps != null) {
      builder.trialSteps(trialSteps);
    }
    if (seed != null) {
      builder.seed(seed);
    }
    if (workers != null) {
      builder.workers(workers);
    }
  }

  private Duration duration() {
    try {
      return CheckpointInterval.parse(time).time().orElseThrow();
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new UsageException(
          "--time is a time above 0, as 90s, 10m or 2h, but was \"%.100s\"".formatted(time), e);
    }
  }

  private TrainingOptions options() {
    TrainingOptions.Builder<TrainingOptions> builder = Tuner.DEFAULT_OPTIONS.toBuilder();
    if (validation != null) {
      builder.validation(validation);
    }
    engine.name().ifPresent(builder::engine);
    if (threads != null) {
      builder.threads(threads);
    }
    return builder.build();
  }

  private SearchSpace searched(List<Configuration> listed) {
    if (given != null) {
      if (only || !space.isEmpty()) {
        throw new UsageException("--given says itself what is tried; leave --space and --only out");
      }
      return SearchSpace.spanning(listed);
    }
    if (space.isEmpty()) {
      if (only) {
        throw new UsageException("--only searches nothing but what --space names; name something");
      }
      return SearchSpace.defaults();
    }
    return only
        ? SearchSpace.parse(space.toArray(String[]::new))
        : SearchSpace.defaults().with(space.toArray(String[]::new));
  }

  private Named strategyName() {
    return Objects.requireNonNullElse(strategy, given == null ? Named.HALVING : Named.GIVEN);
  }

  private Strategy strategy(List<Configuration> listed) {
    Named name = strategyName();
    if ((given != null) != (name == Named.GIVEN)) {
      throw new UsageException("--given FILE and --strategy given belong together");
    }
    return switch (name) {
      case HALVING, GENETIC -> GeneticStrategy.defaults();
      case RANDOM -> new RandomStrategy(RANDOM_GROUP);
      case GIVEN -> new GivenStrategy(listed);
    };
  }

  private List<Configuration> configurations() throws IOException {
    List<Configuration> read =
        Files.readAllLines(given, StandardCharsets.UTF_8).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(Configuration::parse)
            .toList();
    if (read.isEmpty()) {
      throw new UsageException(
          given + " gives nothing to try; a line is written as hidden=64 learning-rate=0.01");
    }
    return read;
  }
}
