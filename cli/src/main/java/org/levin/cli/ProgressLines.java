package org.levin.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingPlan;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;

/** A line now and then, and one for each validation: for logs, and for whoever reads them. */
final class ProgressLines implements Progress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final PrintStream err;
  private TrainingPlan plan;
  private long firstStep;
  private long begin;
  private long lastLine;

  ProgressLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void resumed(TrainingState state) {
    firstStep = state.step();
    err.println("going on after step " + firstStep);
  }

  @Override
  public void started(TrainingPlan plan) {
    this.plan = plan;
    begin = System.nanoTime();
    lastLine = begin;
    err.println(PlanText.of(plan));
  }

  @Override
  public void stepped(StepMetrics metrics) {
    long now = System.nanoTime();
    if (now - lastLine < BETWEEN_LINES.toNanos()) {
      return;
    }
    lastLine = now;
    long done = metrics.step();
    double perStep = (now - begin) / 1e9 / (done - firstStep);
    long left = Math.round(perStep * (plan.steps() - done));
    err.printf(
        Locale.ROOT,
        "step %d/%d  epoch %d  loss %.4f  %,.0f characters/s  %d:%02d left%n",
        done,
        plan.steps(),
        metrics.epoch(),
        metrics.loss(),
        plan.tokensPerStep() / perStep,
        left / 60,
        left % 60);
  }

  @Override
  public void validated(ValidationMetrics metrics) {
    err.printf(
        Locale.ROOT,
        "step %d/%d  epoch %d  validation loss %.4f%n",
        metrics.step(),
        plan.steps(),
        metrics.epoch(),
        metrics.loss());
  }

  @Override
  public void close() {}
}
