package org.levin.tuning.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.levin.internal.Arguments;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** A configuration, and all that came of it in several studies. */
final class JoinedTrial {
  private final Configuration configuration;
  private final Map<Long, Found> results = new TreeMap<>();
  private Optional<String> provenance = Optional.empty();
  private long provenanceSteps;
  private OptionalDouble seconds = OptionalDouble.empty();

  /** A result, and where it was first. */
  private record Found(Result result, int study, int trial) {
    @Override
    public String toString() {
      String what =
          result
              .measurement()
              .map(measured -> "loss " + measured.loss() + size(measured.parameters()))
              .orElse("a failure");
      return "trial %d of study %d has %s after %d steps"
          .formatted(trial, study, what, result.steps());
    }

    private static String size(OptionalLong parameters) {
      return parameters.isPresent() ? " with %d parameters".formatted(parameters.getAsLong()) : "";
    }
  }

  JoinedTrial(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Adds what came of the configuration in one study.
   *
   * @throws IllegalArgumentException if something else came of it before
   */
  void add(int study, Trial trial, StudyRecord record) {
    for (Result result : trial.results()) {
      Found found = new Found(result, study, trial.number());
      results.merge(result.steps(), found, this::united);
    }
    Optional<String> json = Optional.ofNullable(record.provenances().get(trial.number()));
    if (json.isPresent() && trial.steps() > provenanceSteps) {
      provenance = json;
      provenanceSteps = trial.steps();
    }
    Optional.ofNullable(record.seconds().get(trial.number()))
        .ifPresent(time -> seconds = OptionalDouble.of(seconds.orElse(0) + time));
  }

  private Found united(Found one, Found other) {
    requireSame(Results.agree(Optional.of(one.result()), Optional.of(other.result())), one, other);
    if (one.result().measurement().isEmpty()) {
      return one;
    }
    Measurement first = one.result().measurement().get();
    Measurement second = other.result().measurement().orElseThrow();
    Measurement both =
        new Measurement(
            first.loss(),
            first.parameters().isPresent() ? first.parameters() : second.parameters(),
            first.secondsPerCharacter().isPresent()
                ? first.secondsPerCharacter()
                : second.secondsPerCharacter());
    return new Found(Result.of(one.result().steps(), both), one.study(), one.trial());
  }

  private void requireSame(boolean same, Found one, Found other) {
    Arguments.require(
        same,
        "%s came out different, though all that decides it is the same: %s, but %s; merge only studies that were run by the same program",
        configuration,
        one,
        other);
  }

  /**
   * Returns the trial under a number. It ends where the first training of it failed.
   *
   * @throws IllegalArgumentException if another one went on from there
   */
  Trial trial(int number) {
    List<Result> own = new ArrayList<>();
    Optional<Found> failure = Optional.empty();
    for (Found found : results.values()) {
      if (failure.isEmpty()) {
        own.add(found.result());
      } else {
        requireSame(found.result().failure().isPresent(), failure.get(), found);
      }
      if (found.result().failure().isPresent() && failure.isEmpty()) {
        failure = Optional.of(found);
      }
    }
    return new Trial(number, configuration, own);
  }

  Optional<String> provenance() {
    return provenance;
  }

  OptionalDouble seconds() {
    return seconds;
  }
}
