package org.levin.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.levin.tuning.Assignment;
import org.levin.tuning.Study;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;

/** A line for each trial that comes to a rung: for logs, and for whoever reads them. */
final class TuningLines implements TuningProgress {
  private final PrintStream err;
  private Study study;
  private TimeLeft left;

  TuningLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void began(Study study) {
    this.study = study;
    left = new TimeLeft(study);
    err.println(StudyText.plan(study));
  }

  @Override
  public void ended(Assignment assignment, Result result, double seconds) {
    err.printf(
        Locale.ROOT,
        "trial %d  step %d  %s  %s  (%s; %s)%n",
        assignment.trial(),
        assignment.to(),
        result
            .measurement()
            .map(Measurement::loss)
            .map(loss -> String.format(Locale.ROOT, "loss %.4f", loss))
            .orElseGet(() -> "failed: " + result.failure().orElse("")),
        study.plan().space().describe(assignment.configuration()),
        StudyText.bestInShort(study),
        left.text());
  }

  @Override
  public void close() {}
}
