package org.levin.cli;

import java.util.List;
import java.util.OptionalInt;
import org.levin.tuning.Study;
import org.levin.tuning.StudyLimits;
import org.levin.tuning.strategy.Rungs;

/**
 * How long a search will still take, by the steps that it has done and will do: all trials to the
 * first rung, and the fraction that goes on from each. Only a limit tells; without one, nobody
 * knows.
 */
final class TimeLeft {
  private static final double NANOS = 1e9;
  private static final long MINUTE = 60;

  private final Study study;
  private final long begin = System.nanoTime();
  private final long stepsBefore;

  TimeLeft(Study study) {
    this.study = study;
    stepsBefore = study.stepsTold();
  }

  /** Returns such as {@code 3:20 left}, or how long it has taken so far. */
  String text() {
    double elapsed = (System.nanoTime() - begin) / NANOS;
    double steps = study.stepsTold() - stepsBefore;
    double all = steps == 0 ? Double.POSITIVE_INFINITY : expected();
    double left = elapsed * (all - study.stepsTold()) / steps;
    StudyLimits limits = study.limits();
    if (limits.time().isPresent()) {
      double until = limits.time().get().toSeconds() - elapsed;
      left = Double.isFinite(left) ? Math.min(left, until) : until;
    }
    return Double.isFinite(left) ? clock(Math.max(0, left)) + " left" : clock(elapsed) + " so far";
  }

  private double expected() {
    OptionalInt trials = study.limits().trials();
    double byTrials =
        trials.isPresent() ? trials.getAsInt() * perTrial(study.plan().rungs()) : Double.MAX_VALUE;
    double bySteps = study.limits().steps().orElse(Long.MAX_VALUE);
    double least = Math.max(Math.min(byTrials, bySteps), study.steps());
    return least >= Long.MAX_VALUE ? Double.POSITIVE_INFINITY : least;
  }

  private static double perTrial(Rungs rungs) {
    List<Long> steps = rungs.steps();
    double sum = 0;
    double going = 1;
    for (int rung = 0; rung < steps.size(); rung++) {
      sum += going * (steps.get(rung) - (rung == 0 ? 0 : steps.get(rung - 1)));
      going *= rungs.keep();
    }
    return sum;
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    long minutes = whole / MINUTE;
    return minutes >= MINUTE
        ? "%d:%02d h".formatted(minutes / MINUTE, minutes % MINUTE)
        : "%d:%02d".formatted(minutes, whole % MINUTE);
  }
}
