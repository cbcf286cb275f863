package org.levin.benchmarks.race;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param name the contest's
 * @param unit of every value
 * @param lowerIsBetter whether the values are times, not rates
 * @param standings of those who took part
 * @param limit what the machine would allow, in the same unit, where that is known
 */
record Result(
    String name,
    String unit,
    boolean lowerIsBetter,
    Map<Side, Standing> standings,
    OptionalDouble limit) {

  /** Returns this result beside the machine's limit, which is known only when all has been run. */
  Result within(OptionalDouble machineLimit) {
    return new Result(name, unit, lowerIsBetter, standings, machineLimit);
  }

  Standing levin() {
    return standings.get(Side.LEVIN);
  }

  Optional<Standing> libtorch() {
    return Optional.ofNullable(standings.get(Side.LIBTORCH));
  }

  Optional<Standing> oneThread() {
    return Optional.ofNullable(standings.get(Side.LEVIN_ONE_THREAD));
  }

  /** Returns how many times faster Levin was than libtorch, pair by pair. */
  Optional<Series> ratios() {
    Series levin = levin().series();
    return libtorch()
        .map(Standing::series)
        .map(other -> lowerIsBetter ? other.over(levin) : levin.over(other));
  }

  /** Returns how many times faster Levin was than on one thread, pair by pair. */
  Optional<Series> speedups() {
    return oneThread().map(other -> levin().series().over(other.series()));
  }

  /** Returns which part of the machine's limit a side reached. */
  OptionalDouble fractionOfLimit(Standing standing) {
    return limit.isPresent()
        ? OptionalDouble.of(standing.series().median() / limit.getAsDouble())
        : OptionalDouble.empty();
  }

  int runs() {
    return levin().series().values().size();
  }
}
