package org.levin.benchmarks.race;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was asked for.
 *
 * @param only the contests; all where none is named
 * @param quick small rounds, and few
 * @param json where the results go as JSON
 */
record RaceOptions(Set<String> only, boolean quick, Optional<Path> json) {
  static final String USAGE = "usage: benchmarks/race [--only NAME]... [--quick] [--json FILE]";

  /** Every name that can be asked for. */
  static final List<String> NAMES =
      Stream.concat(
              Contest.ALL.stream().filter(contest -> !contest.companion()).map(Contest::name),
              Stream.of(StartUp.NAME))
          .toList();

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it cannot be understood; the message says why
   */
  static RaceOptions of(List<String> arguments) {
    Set<String> only = new LinkedHashSet<>();
    boolean quick = false;
    Optional<Path> json = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      switch (option) {
        case "--quick" -> quick = true;
        case "--only" -> only.add(name(value(arguments, ++i, option)));
        case "--json" -> json = Optional.of(Path.of(value(arguments, ++i, option)));
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new RaceOptions(Set.copyOf(only), quick, json);
  }

  private static String value(List<String> arguments, int index, String option) {
    if (index >= arguments.size()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return arguments.get(index);
  }

  private static String name(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no contest is called " + name + "; there are " + String.join(", ", NAMES));
    }
    return name;
  }

  /** Returns whether a contest is to be run. */
  boolean wants(String name) {
    return only.isEmpty() || only.contains(name);
  }
}
