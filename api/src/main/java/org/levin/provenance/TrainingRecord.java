package org.levin.provenance;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.internal.Arguments;
import org.levin.training.Finding;
import org.levin.training.TrainingCorpus;

/**
 * What there is to know about how a model came to be, in plain values; {@link ModelProvenances}
 * turns it into Tribuo's form.
 *
 * @param model name of the model's class
 * @param trainer name of the trainer's class
 * @param configuration the trainer's options by name, in order; each a Boolean, Integer, Long,
 *     Double or String
 * @param batcher what cut the corpus into batches, if not what the options say
 * @param corpus what it was trained on
 * @param parent the model that it started from, if there was one
 * @param finding where the options come from, if a study found them
 * @param engine what computed it
 * @param earlierEngines names and versions of other engines that computed a part of it, before it
 *     went on from a checkpoint
 * @param result what came out
 */
public record TrainingRecord(
    String model,
    String trainer,
    Map<String, Object> configuration,
    Optional<String> batcher,
    TrainingCorpus corpus,
    Optional<Parent> parent,
    Optional<Finding> finding,
    Engine engine,
    List<String> earlierEngines,
    Result result) {

  private static final List<Class<?>> VALUES =
      List.of(Boolean.class, Integer.class, Long.class, Double.class, String.class);

  /**
   * Takes a copy of the configuration.
   *
   * @throws IllegalArgumentException if an option has a value of another class
   */
  public TrainingRecord {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(trainer, "trainer");
    Objects.requireNonNull(batcher, "batcher");
    Objects.requireNonNull(corpus, "corpus");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(finding, "finding");
    earlierEngines = List.copyOf(earlierEngines);
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(result, "result");
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    configuration.forEach(
        (name, value) ->
            Arguments.require(
                value != null && VALUES.contains(value.getClass()),
                "option %s must be a Boolean, Integer, Long, Double or String, but was %s",
                name,
                value == null ? "null" : value.getClass().getName()));
  }

  /**
   * A model that a training started from.
   *
   * @param parametersSha256 digest of its parameters, 64 lower-case hexadecimal digits
   * @param provenance how it came to be, as the JSON of {@link ModelProvenances#toJson}, if that is
   *     known
   */
  public record Parent(String parametersSha256, Optional<String> provenance) {

    /** Checks the digest. */
    public Parent {
      Arguments.sha256(parametersSha256, "parametersSha256");
      Objects.requireNonNull(provenance, "provenance");
    }
  }

  /**
   * What did the arithmetic.
   *
   * @param name such as {@code cpu}
   * @param version such as {@code 0.1.0}
   * @param threads at least 1
   */
  public record Engine(String name, String version, int threads) {

    /** Checks the number of threads. */
    public Engine {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(version, "version");
      Arguments.atLeast(1, threads, "threads");
    }
  }

  /**
   * What came out.
   *
   * @param time when training ended
   * @param steps the number of optimizer steps, at least 0
   * @param trainingLoss the last one reported, in nats per token
   * @param validationLoss the last one, in nats per token, if a part of the corpus was held back
   * @param interruptedAfter the last step, if the training was stopped before its end
   */
  public record Result(
      OffsetDateTime time,
      long steps,
      double trainingLoss,
      OptionalDouble validationLoss,
      OptionalLong interruptedAfter) {

    /** Checks the number of steps. */
    public Result {
      Objects.requireNonNull(time, "time");
      Objects.requireNonNull(validationLoss, "validationLoss");
      Objects.requireNonNull(interruptedAfter, "interruptedAfter");
      Arguments.atLeast(0, steps, "steps");
    }
  }
}
