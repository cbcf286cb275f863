package org.levin.tuning.trial;

import java.util.Objects;
import java.util.Optional;
import org.levin.internal.Arguments;

/**
 * What came of a trial at a rung.
 *
 * @param steps how many it was trained in all, at least 1
 * @param measurement of the model then; empty if the training failed
 * @param failure why it failed; empty if it did not
 */
public record Result(long steps, Optional<Measurement> measurement, Optional<String> failure) {

  /** Checks that there is one or the other. */
  public Result {
    Arguments.atLeast(1, steps, "steps");
    Objects.requireNonNull(measurement, "measurement");
    Objects.requireNonNull(failure, "failure");
    Arguments.require(
        measurement.isPresent() != failure.isPresent(),
        "a result is a measurement or a failure, and not both");
  }

  /** Returns the result of a training that went well. */
  public static Result of(long steps, Measurement measurement) {
    return new Result(steps, Optional.of(measurement), Optional.empty());
  }

  /** Returns the result of a training that failed before or at these steps. */
  public static Result failed(long steps, String why) {
    return new Result(steps, Optional.empty(), Optional.of(why));
  }
}
