package org.levin.report;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counts what the tests of one run have tried; {@link CountsReport} prints it at the end, so that
 * what was skipped shows.
 */
public final class Counts {
  private static final Map<String, Map<String, LongAdder>> TOPICS = new ConcurrentSkipListMap<>();

  private Counts() {}

  /** Counts {@code more} of a kind, which is told in a line of its topic. */
  public static void add(String topic, String kind, long more) {
    TOPICS
        .computeIfAbsent(topic, name -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(kind, name -> new LongAdder())
        .add(more);
  }

  /** Returns a line for each topic of which anything was counted. */
  static List<String> lines() {
    return TOPICS.entrySet().stream().map(topic -> line(topic.getKey(), topic.getValue())).toList();
  }

  private static String line(String topic, Map<String, LongAdder> counts) {
    return counts.entrySet().stream()
        .map(count -> "%,d %s".formatted(count.getValue().sum(), count.getKey()))
        .collect(Collectors.joining(", ", topic + ": ", ""));
  }
}
