package org.levin.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingPlan;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;

/** A bar with loss, validation loss, characters a second and the time left. */
final class ProgressBarDisplay implements Progress {
  private static final int MILLISECONDS_BETWEEN_DRAWINGS = 250;

  private final PrintStream err;
  private ProgressBar bar;
  private long tokensPerStep;
  private String validation = "";
  private long firstStep;

  ProgressBarDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public void resumed(TrainingState state) {
    firstStep = state.step();
    err.println("going on after step " + firstStep);
  }

  @Override
  public void started(TrainingPlan plan) {
    err.println(PlanText.of(plan));
    tokensPerStep = plan.tokensPerStep();
    bar =
        new ProgressBarBuilder()
            .setInitialMax(plan.steps() * plan.tokensPerStep())
            .setTaskName("training")
            .setUnit(" chars", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_DRAWINGS)
            .setConsumer(new ConsoleProgressBarConsumer(err))
            .startsFrom(firstStep * plan.tokensPerStep(), Duration.ZERO)
            .showSpeed()
            .build();
  }

  @Override
  public void stepped(StepMetrics metrics) {
    bar.stepTo(metrics.step() * tokensPerStep);
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f%s", metrics.loss(), validation));
  }

  @Override
  public void validated(ValidationMetrics metrics) {
    validation = String.format(Locale.ROOT, ", validation %.3f", metrics.loss());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
