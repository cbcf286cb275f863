package org.levin.tuning.insight;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.levin.internal.Arguments;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Trial;

/**
 * All trials of a study side by side: an axis for each parameter, and a line across them for each
 * trial.
 *
 * @param axes in the order of the space
 * @param lines in the order of the trials' numbers, those with them that failed or have not begun
 */
public record ParallelCoordinates(List<Axis> axes, List<Line> lines) {

  /** Takes copies. */
  public ParallelCoordinates {
    axes = List.copyOf(axes);
    lines = List.copyOf(lines);
  }

  /**
   * A trial.
   *
   * @param trial its number
   * @param configuration what it tried
   * @param places one for each axis, in {@code [0,1]}; empty where the parameter does not count
   * @param steps that it was trained, 0 if it has not begun; only losses after the same steps can
   *     be compared
   * @param loss its last one, in nats per token; empty if it failed or has not begun
   */
  public record Line(
      int trial,
      Configuration configuration,
      List<OptionalDouble> places,
      long steps,
      OptionalDouble loss) {

    /** Takes a copy. */
    public Line {
      places = List.copyOf(places);
    }
  }

  /** Returns the trials of a study side by side. */
  public static ParallelCoordinates of(StudyRecord study) {
    List<Scale> scales = Scale.of(study);
    List<Axis> axes = scales.stream().map(Axis::of).toList();
    List<Line> lines = study.trials().stream().map(trial -> line(trial, scales, axes)).toList();
    return new ParallelCoordinates(axes, lines);
  }

  private static Line line(Trial trial, List<Scale> scales, List<Axis> axes) {
    List<OptionalDouble> places =
        IntStream.range(0, axes.size())
            .mapToObj(i -> axes.get(i).place(scales.get(i), trial.configuration()))
            .toList();
    return new Line(
        trial.number(),
        trial.configuration(),
        places,
        trial.steps(),
        trial
            .measurement()
            .map(Measurement::loss)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()));
  }

  /** Returns lines that have a loss, those that were trained longest first, then the least loss. */
  public List<Line> ranked() {
    return lines.stream()
        .filter(line -> line.loss().isPresent())
        .sorted(
            Comparator.comparingLong(Line::steps)
                .reversed()
                .thenComparingDouble(line -> line.loss().getAsDouble()))
        .toList();
  }

  /**
   * Returns the best trials as a table, each line with its break: number, parameters, steps and
   * loss. Where it would be too wide, parameters are left out, those first that have one value
   * only; the last line names them. A sentence, if no trial was measured.
   *
   * @param best how many at the most, at least 1
   * @param width of the lines, at least 40 characters
   */
  public String toText(int best, int width) {
    Arguments.atLeast(1, best, "how many trials");
    Drawing.requireWidth(width);
    List<Line> rows = ranked().stream().limit(best).toList();
    if (rows.isEmpty()) {
      return "No trial has been measured.\n";
    }
    Table table = new Table(width, rows.size());
    table.keep("steps", rows, line -> Long.toString(line.steps()));
    table.keep("loss", rows, line -> Drawing.loss(line.loss().getAsDouble()));
    table.add("trial", rows, line -> Integer.toString(line.trial()));
    Stream.concat(
            axes.stream().filter(axis -> axis.labels().size() > 1),
            axes.stream().filter(axis -> axis.labels().size() == 1))
        .forEach(axis -> table.add(axis.name(), rows, line -> cell(line, axis)));
    return table.toText();
  }

  private static String cell(Line line, Axis axis) {
    return line.configuration().value(axis.name()).map(Drawing::value).orElse("-");
  }
}
