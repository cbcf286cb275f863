package org.levin.tuning.record;

import java.util.Optional;
import java.util.OptionalLong;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** When results of two trainings of one configuration are the same. */
final class Results {
  private Results() {}

  static Optional<Result> after(long steps, Trial trial) {
    return trial.results().stream().filter(result -> result.steps() == steps).findFirst();
  }

  /**
   * Returns whether both failed, or both have the very same loss and as many parameters. One that
   * is missing agrees with none.
   */
  static boolean agree(Optional<Result> one, Optional<Result> other) {
    return one.isPresent() && other.isPresent() && agree(one.get(), other.get());
  }

  private static boolean agree(Result one, Result other) {
    if (one.failure().isPresent() || other.failure().isPresent()) {
      return one.failure().isPresent() == other.failure().isPresent();
    }
    return Double.compare(loss(one), loss(other)) == 0
        && sizesAgree(Optional.of(one), Optional.of(other));
  }

  private static double loss(Result result) {
    return result.measurement().orElseThrow().loss();
  }

  /** Returns whether they have as many parameters, as far as those were counted. */
  static boolean sizesAgree(Optional<Result> one, Optional<Result> other) {
    OptionalLong first = parameters(one);
    OptionalLong second = parameters(other);
    return first.isEmpty() || second.isEmpty() || first.getAsLong() == second.getAsLong();
  }

  private static OptionalLong parameters(Optional<Result> result) {
    return result
        .flatMap(Result::measurement)
        .map(Measurement::parameters)
        .orElse(OptionalLong.empty());
  }
}
