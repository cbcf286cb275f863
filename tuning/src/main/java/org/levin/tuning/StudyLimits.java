package org.levin.tuning;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.levin.internal.Arguments;

/**
 * When a study ends. It may be taken up with others: with more, it goes on as if it had had them
 * from the start.
 *
 * @param trials how many configurations are tried, at least 1
 * @param steps how many steps are trained in all, at least 1
 * @param loss the study ends when a trial that is trained whole reaches it
 * @param time how long, since it was begun or taken up; trials under way are stopped, and go on
 *     when it is taken up again
 */
public record StudyLimits(
    OptionalInt trials, OptionalLong steps, OptionalDouble loss, Optional<Duration> time) {

  /** Checks the numbers. */
  public StudyLimits {
    trials.ifPresent(value -> Arguments.atLeast(1, value, "trials"));
    steps.ifPresent(value -> Arguments.atLeast(1, value, "the steps of a study"));
    loss.ifPresent(value -> Arguments.finite(value, "the loss to reach"));
    Objects.requireNonNull(time, "time");
    time.ifPresent(
        value ->
            Arguments.require(
                value.isPositive(), "the time of a study must be above 0, but was %s", value));
  }

  /** Returns no limits: the study ends when there is nothing left to try. */
  public static StudyLimits none() {
    return new StudyLimits(
        OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty(), Optional.empty());
  }

  /** Returns these limits with a number of trials. */
  public StudyLimits trials(int most) {
    return new StudyLimits(OptionalInt.of(most), steps, loss, time);
  }

  /** Returns these limits with a number of training steps in all. */
  public StudyLimits steps(long most) {
    return new StudyLimits(trials, OptionalLong.of(most), loss, time);
  }

  /** Returns these limits with a loss that is good enough. */
  public StudyLimits loss(double enough) {
    return new StudyLimits(trials, steps, OptionalDouble.of(enough), time);
  }

  /** Returns these limits with a time. */
  public StudyLimits time(Duration longest) {
    return new StudyLimits(trials, steps, loss, Optional.of(longest));
  }
}
