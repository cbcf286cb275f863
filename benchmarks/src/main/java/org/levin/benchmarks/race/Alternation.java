package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs a contest: one side after the other warms up, then they take turns. */
final class Alternation {
  /** A side that takes more of a processor while it should rest disturbs the other. */
  private static final double MOST_IDLE_SHARE = 0.1;

  private final Jvm jvm;
  private final Pace pace;

  Alternation(Jvm jvm, Pace pace) {
    this.jvm = jvm;
    this.pace = pace;
  }

  /**
   * Runs a contest.
   *
   * @param text the file that the sides work on
   */
  Result run(Contest contest, Path text) throws IOException {
    List<Contestant> contestants = new ArrayList<>();
    try {
      for (Side side : contest.sides()) {
        contestants.add(
            new Contestant(
                jvm,
                side,
                side.name(),
                contest.name(),
                Boolean.toString(pace.quick()),
                text.toString()));
      }
      for (int i = 0; i < pace.rounds(); i++) {
        for (Contestant contestant : contestants) {
          contestant.round();
        }
      }
      Map<Side, Standing> standings = new EnumMap<>(Side.class);
      for (Contestant contestant : contestants) {
        standings.put(contestant.side(), contestant.standing());
        warnOfUnrest(contest, contestant);
      }
      return new Result(contest.name(), contest.unit(), false, standings, OptionalDouble.empty());
    } finally {
      for (Contestant contestant : contestants) {
        contestant.close();
      }
    }
  }

  private static void warnOfUnrest(Contest contest, Contestant contestant) {
    double share = contestant.idleShare();
    if (share > MOST_IDLE_SHARE) {
      System.err.printf(
          "race: %s: %s took %.0f %% of a processor while it was to be idle%n",
          contest.name(), contestant.side(), 100 * share);
    }
  }
}
