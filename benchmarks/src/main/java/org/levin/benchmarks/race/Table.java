package org.levin.benchmarks.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The results for people: medians, with the least and the most in parentheses. */
final class Table {
  private static final List<String> HEADER =
      List.of(
          "contest",
          "unit",
          "Levin",
          "libtorch",
          "threads",
          "ratio",
          "of limit",
          "libtorch's",
          "memory, MB",
          "runs");
  private static final String NOTHING = "-";

  /** Values below have decimals. */
  private static final double SMALL = 100;

  private Table() {}

  /** Returns the table, a line a result. */
  static String of(List<Result> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (Result result : results) {
      rows.add(row(result));
      result.oneThread().ifPresent(side -> rows.add(oneThread(result, side)));
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(row.get(column))
            .repeat(' ', width(rows, column) + 2 - row.get(column).length());
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static List<String> row(Result result) {
    Optional<Standing> other = result.libtorch();
    return List.of(
        result.name(),
        result.unit(),
        spread(result.levin().series()),
        other.map(side -> spread(side.series())).orElse(NOTHING),
        result.levin().threads() + other.map(side -> " / " + side.threads()).orElse(""),
        result.ratios().map(Table::spread).orElse(NOTHING),
        percent(result.fractionOfLimit(result.levin())),
        other.map(side -> percent(result.fractionOfLimit(side))).orElse(NOTHING),
        megabytes(result.levin()) + other.map(side -> " / " + megabytes(side)).orElse(""),
        Integer.toString(result.runs()));
  }

  /** Levin on one thread, beside Levin on all: the ratio is what the other threads are worth. */
  private static List<String> oneThread(Result result, Standing side) {
    return List.of(
        "  on one thread",
        result.unit(),
        spread(side.series()),
        NOTHING,
        Integer.toString(side.threads()),
        result.speedups().map(series -> "all threads: " + spread(series)).orElse(NOTHING),
        NOTHING,
        NOTHING,
        megabytes(side),
        Integer.toString(result.runs()));
  }

  private static String spread(Series series) {
    return "%s (%s..%s)"
        .formatted(number(series.median()), number(series.min()), number(series.max()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < SMALL ? "%.2f" : "%,.0f", value);
  }

  private static String percent(OptionalDouble fraction) {
    return fraction.isPresent()
        ? String.format(Locale.ROOT, "%.0f %%", 100 * fraction.getAsDouble())
        : NOTHING;
  }

  private static String megabytes(Standing standing) {
    OptionalDouble peak = standing.peakMegabytes();
    return peak.isPresent() ? String.format(Locale.ROOT, "%.0f", peak.getAsDouble()) : "n/a";
  }
}
