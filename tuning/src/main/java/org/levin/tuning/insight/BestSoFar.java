package org.levin.tuning.insight;

import java.util.ArrayList;
import java.util.List;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Trial;

/**
 * How the best loss fell from trial to trial. Only trials that were trained to the last rung count:
 * losses of shorter trainings cannot be compared with theirs.
 *
 * @param points one for each trial in the order of their numbers, from the first that was trained
 *     whole; none if none was
 */
public record BestSoFar(List<Point> points) {
  private static final int ROWS = 8;
  private static final int EIGHTHS = 8;
  private static final String NOTHING = "No trial has been trained whole.\n";

  /** Takes a copy. */
  public BestSoFar {
    points = List.copyOf(points);
  }

  /**
   * The best up to a trial.
   *
   * @param trial its number
   * @param best number of the best trial up to this one; the earlier of two that are as good
   * @param loss of that one after the last rung, in nats per token
   * @param steps that all trials up to this one were trained, in all, as if one had followed the
   *     other; those that failed count with the steps that they were to come to
   */
  public record Point(int trial, int best, double loss, long steps) {}

  /** Returns how the best loss of a study fell. */
  public static BestSoFar of(StudyRecord study) {
    long whole = study.header().rungs().last();
    List<Point> points = new ArrayList<>();
    long steps = 0;
    for (Trial trial : study.trials()) {
      steps += trial.steps();
      double loss = trial.after(whole).map(Measurement::loss).orElse(Double.POSITIVE_INFINITY);
      if (!points.isEmpty() && points.getLast().loss() <= loss) {
        Point before = points.getLast();
        points.add(new Point(trial.number(), before.best(), before.loss(), steps));
      } else if (Double.isFinite(loss)) {
        points.add(new Point(trial.number(), trial.number(), loss, steps));
      }
    }
    return new BestSoFar(points);
  }

  /**
   * Returns the loss over the trials as a chart of nine lines, each line with its break: upright
   * bars, the losses of the first and the last one beside them, and below the trials and the steps.
   * Where there are more trials than columns, a bar stands for the last of several. A sentence, if
   * there is no point.
   *
   * @param width of the lines, at least 40 characters
   */
  public String toText(int width) {
    Drawing.requireWidth(width);
    if (points.isEmpty()) {
      return NOTHING;
    }
    double least = points.getLast().loss();
    String low = Drawing.loss(least);
    int margin = Math.max(low.length(), Drawing.loss(points.getFirst().loss()).length());
    int columns = width - margin - 1;
    double most = at(0, columns).loss();
    StringBuilder text = new StringBuilder();
    for (int row = ROWS - 1; row >= 0; row--) {
      String label = row == 0 ? low : row == ROWS - 1 ? Drawing.loss(most) : "";
      StringBuilder line = new StringBuilder(Drawing.right(label, margin)).append(' ');
      for (int column = 0; column < columns; column++) {
        line.append(Drawing.upright(height(at(column, columns).loss(), least, most), row));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    Point last = points.getLast();
    text.append(" ".repeat(margin + 1)).append("trial ").append(points.getFirst().trial());
    text.append(" to ").append(last.trial());
    return text.append(", ").append(last.steps()).append(" steps\n").toString();
  }

  /** Returns the last point that falls into a column. */
  private Point at(int column, int columns) {
    long end = Math.ceilDiv((column + 1L) * points.size(), columns);
    return points.get((int) end - 1);
  }

  private static int height(double loss, double least, double most) {
    double share = most > least ? (loss - least) / (most - least) : 0;
    return 1 + (int) Math.round(share * (ROWS * EIGHTHS - 1));
  }
}
