package org.levin.tuning.trial;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.levin.internal.Arguments;
import org.levin.tuning.space.Configuration;

/**
 * A configuration that is tried, and how it fares.
 *
 * @param number counted from 1, in the order in which they were proposed
 * @param configuration what is tried
 * @param results by rung, the steps growing; after a failure there is no more
 */
public record Trial(int number, Configuration configuration, List<Result> results) {

  /** Takes a copy; checks the order of the results. */
  public Trial {
    Arguments.atLeast(1, number, "the number of a trial");
    Objects.requireNonNull(configuration, "configuration");
    results = List.copyOf(results);
    long before = 0;
    boolean failed = false;
    for (Result result : results) {
      Arguments.require(
          !failed && result.steps() > before,
          "trial %d cannot have a result after %d steps behind one after %d",
          number,
          result.steps(),
          before);
      before = result.steps();
      failed = result.failure().isPresent();
    }
  }

  /** Returns a trial that has not begun. */
  public static Trial of(int number, Configuration configuration) {
    return new Trial(number, configuration, List.of());
  }

  /** Returns this trial with one more result. */
  public Trial with(Result result) {
    return new Trial(
        number, configuration, Stream.concat(results.stream(), Stream.of(result)).toList());
  }

  /** Returns how many steps it was trained; 0 if it has not begun. */
  public long steps() {
    return results.isEmpty() ? 0 : results.getLast().steps();
  }

  /** Returns the last measurement; nothing if it has not begun, or failed. */
  public Optional<Measurement> measurement() {
    return results.isEmpty() ? Optional.empty() : results.getLast().measurement();
  }

  /** Returns why it failed, if it did. */
  public Optional<String> failure() {
    return results.isEmpty() ? Optional.empty() : results.getLast().failure();
  }

  /** Returns the measurement after so many steps, if there is one. */
  public Optional<Measurement> after(long steps) {
    return results.stream()
        .filter(result -> result.steps() == steps)
        .findFirst()
        .flatMap(Result::measurement);
  }
}
