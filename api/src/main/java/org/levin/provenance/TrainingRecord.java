package org.levin.provenance;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.levin.internal.Arguments;
import org.levin.text.Source;

/**
 * What there is to know about how a model came to be, in plain values; {@link ModelProvenances}
 * turns it into Tribuo's form.
 *
 * @param model name of the model's class
 * @param trainer name of the trainer's class
 * @param configuration the trainer's options by name, in order; each a Boolean, Integer, Long,
 *     Double or String
 * @param corpus what it was trained on
 * @param start digest of the parameters that it started from, if they were a model's; 64 lower-case
 *     hexadecimal digits
 * @param engine what computed it
 * @param result what came out
 */
public record TrainingRecord(
    String model,
    String trainer,
    Map<String, Object> configuration,
    Corpus corpus,
    Optional<String> start,
    Engine engine,
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
    Objects.requireNonNull(corpus, "corpus");
    start.ifPresent(digest -> Arguments.sha256(digest, "start"));
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
   * An encoded text and how it was divided.
   *
   * @param sources the texts, in order
   * @param tokens their number, at least 1
   * @param trainingTokens how many of them were trained on
   * @param validationTokens how many of them were held back
   * @param vocabularySize the number of symbols, at least 1
   * @param vocabularyFingerprint {@link org.levin.text.Vocabulary#fingerprint()}
   */
  public record Corpus(
      List<Source> sources,
      long tokens,
      long trainingTokens,
      long validationTokens,
      int vocabularySize,
      String vocabularyFingerprint) {

    /** Takes a copy of the list; checks counts and fingerprint. */
    public Corpus {
      sources = List.copyOf(sources);
      Arguments.atLeast(1, tokens, "tokens");
      Arguments.atLeast(0, trainingTokens, "trainingTokens");
      Arguments.atLeast(0, validationTokens, "validationTokens");
      Arguments.require(
          trainingTokens <= tokens && validationTokens <= tokens - trainingTokens,
          "%d training and %d validation tokens are more than the corpus has: %d",
          trainingTokens,
          validationTokens,
          tokens);
      Arguments.atLeast(1, vocabularySize, "vocabularySize");
      Arguments.sha256(vocabularyFingerprint, "vocabularyFingerprint");
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
   */
  public record Result(
      OffsetDateTime time, long steps, double trainingLoss, OptionalDouble validationLoss) {

    /** Checks the number of steps. */
    public Result {
      Objects.requireNonNull(time, "time");
      Objects.requireNonNull(validationLoss, "validationLoss");
      Arguments.atLeast(0, steps, "steps");
    }
  }
}
