package org.levin.tuning.strategy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.levin.tuning.space.Configuration;

/** Configurations drawn at random. */
final class Draws {
  /** Of an algorithm that the Java platform describes: the same numbers everywhere. */
  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /** So many draws that give nothing new mean that there is next to nothing left. */
  private static final int TRIES = 10_000;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** Returns the random numbers of one group of a search. */
  static RandomGenerator generator(long seed, int trialsBefore) {
    return RANDOM.create(seed + GOLDEN * trialsBefore);
  }

  /**
   * Adds a configuration that is allowed and neither seen nor in the group; returns whether one was
   * found.
   */
  static boolean addNew(
      Strategy.Task task,
      RandomGenerator random,
      Set<Configuration> seen,
      List<Configuration> group) {
    int places = task.space().parameters().size();
    Optional<Configuration> found =
        Stream.generate(() -> random.doubles(places).toArray())
            .limit(TRIES)
            .map(task.space()::at)
            .filter(one -> !seen.contains(one) && !group.contains(one))
            .filter(task.allowed())
            .findFirst();
    found.ifPresent(group::add);
    return found.isPresent();
  }
}
