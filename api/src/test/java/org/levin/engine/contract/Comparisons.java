package org.levin.engine.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counts what the tests of one run have compared; {@link ComparisonReport} prints it at the end, so
 * that a comparison that was skipped shows.
 */
public final class Comparisons {
  private static final Map<String, LongAdder> COUNTS = new ConcurrentSkipListMap<>();

  private Comparisons() {}

  /** Counts one case of equal bits. */
  public static void bits() {
    count("bit-equality cases", 1);
  }

  /** Counts values that were compared with those of another library. */
  public static void golden(long values) {
    count("golden comparisons", values);
  }

  /** Counts so many of a kind, by the words that it is printed with. */
  public static void count(String kind, long more) {
    COUNTS.computeIfAbsent(kind, name -> new LongAdder()).add(more);
  }

  /** Returns the counts in words; empty if nothing was compared. */
  static String summary() {
    return COUNTS.entrySet().stream()
        .map(entry -> entry.getValue().sum() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
