package org.levin.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.levin.training.StepMetrics;
import org.levin.tuning.Assignment;
import org.levin.tuning.Study;
import org.levin.tuning.trial.Result;

/** A table of rungs, running trials and the best so far, drawn anew over itself. */
final class TuningTable implements TuningProgress {
  private static final long NANOS_BETWEEN_DRAWINGS = 250_000_000;

  /** Of the narrowest usual terminal: a line that wraps would be two to go up. */
  private static final int WIDTH = 79;

  /** Up to the line's beginning, so many lines above. */
  private static final String UP = "\u001b[%dF";

  private static final String CLEAR = "\u001b[K";

  private final PrintStream err;
  private final Map<Integer, String> running = new LinkedHashMap<>();
  private Study study;
  private TimeLeft left;
  private int drawn;
  private long last;

  TuningTable(PrintStream err) {
    this.err = err;
  }

  @Override
  public void began(Study study) {
    this.study = study;
    left = new TimeLeft(study);
    err.println(StudyText.plan(study));
    draw();
  }

  @Override
  public void started(Assignment assignment, int threads) {
    running.put(assignment.trial(), line(assignment, assignment.from(), ""));
    draw();
  }

  @Override
  public void stepped(Assignment assignment, StepMetrics metrics) {
    running.put(
        assignment.trial(),
        line(
            assignment,
            metrics.step(),
            String.format(Locale.ROOT, "training loss %.3f  ", metrics.loss())));
    if (System.nanoTime() - last > NANOS_BETWEEN_DRAWINGS) {
      draw();
    }
  }

  private String line(Assignment assignment, long step, String loss) {
    return "  trial %d  step %d/%d  %s%s"
        .formatted(
            assignment.trial(),
            step,
            assignment.to(),
            loss,
            study.plan().space().describe(assignment.configuration()));
  }

  @Override
  public void ended(Assignment assignment, Result result, double seconds) {
    running.remove(assignment.trial());
    result
        .failure()
        .ifPresent(
            why -> {
              erase();
              err.println("trial " + assignment.trial() + " failed: " + why);
            });
    draw();
  }

  private void draw() {
    last = System.nanoTime();
    List<String> lines = new ArrayList<>(StudyText.rungs(study));
    lines.add(StudyText.best(study));
    lines.addAll(running.values());
    lines.add(left.text());
    StringBuilder text = new StringBuilder(drawn == 0 ? "" : UP.formatted(drawn));
    for (int i = 0; i < Math.max(lines.size(), drawn); i++) {
      String line = i < lines.size() ? lines.get(i) : "";
      text.append(line, 0, Math.min(line.length(), WIDTH)).append(CLEAR).append('\n');
    }
    drawn = Math.max(lines.size(), drawn);
    err.print(text);
    err.flush();
  }

  private void erase() {
    if (drawn > 0) {
      err.print(UP.formatted(drawn) + (CLEAR + "\n").repeat(drawn) + UP.formatted(drawn));
      drawn = 0;
    }
  }

  /** What is running no more is not shown any more. */
  @Override
  public void close() {
    if (study != null && !running.isEmpty()) {
      running.clear();
      draw();
    }
  }
}
