package org.levin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.levin.tuning.ParetoFront;
import org.levin.tuning.Study;
import org.levin.tuning.StudyPlan;
import org.levin.tuning.insight.BestSoFar;
import org.levin.tuning.insight.Importance;
import org.levin.tuning.insight.ParallelCoordinates;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/** A study for people to read. */
final class StudyText {
  private static final int WIDTH = 100;
  private static final int BEST = 10;
  private static final double MICROS = 1e6;

  private StudyText() {}

  /** Returns what is going to be done, a line. */
  static String plan(Study study) {
    StudyPlan plan = study.plan();
    int known = study.told();
    return "%s%s over %s%n  to steps %s%s"
        .formatted(
            known == 0 ? "searching" : "going on after %d results, searching".formatted(known),
            study.limits().trials().isPresent()
                ? " with %d trials".formatted(study.limits().trials().getAsInt())
                : "",
            plan.space(),
            plan.rungs().steps(),
            plan.rungs().count() > 1 ? ", a third going on from each" : "");
  }

  /** Returns the best so far, in a few words. */
  static String bestInShort(Study study) {
    return study
        .best()
        .map(
            trial ->
                String.format(
                    Locale.ROOT,
                    "best so far %.4f, trial %d, step %d",
                    trial.measurement().orElseThrow().loss(),
                    trial.number(),
                    trial.steps()))
        .orElse("best so far none");
  }

  /** Returns the best so far with its options, a line. */
  static String best(Study study) {
    return study
        .best()
        .map(
            trial ->
                bestInShort(study) + "  " + study.plan().space().describe(trial.configuration()))
        .orElse(bestInShort(study));
  }

  /** Returns the rungs with what came to them, a line each below a line of names. */
  static List<String> rungs(Study study) {
    return rungs(study.trials(), study.plan().rungs());
  }

  private static List<String> rungs(List<Trial> trials, Rungs rungs) {
    List<String> lines = new ArrayList<>();
    lines.add("    step  trials  best loss  median");
    for (long steps : rungs.steps()) {
      double[] losses =
          trials.stream()
              .flatMap(trial -> trial.after(steps).stream())
              .mapToDouble(Measurement::loss)
              .sorted()
              .toArray();
      lines.add(
          "%,8d  %6d  %s  %s"
              .formatted(
                  steps,
                  losses.length,
                  number(
                      losses.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(losses[0]),
                      9),
                  number(
                      losses.length == 0
                          ? OptionalDouble.empty()
                          : OptionalDouble.of(losses[losses.length / 2]),
                      6)));
    }
    return lines;
  }

  private static String number(OptionalDouble value, int width) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%" + width + ".4f", value.getAsDouble())
        : " ".repeat(width - 1) + "-";
  }

  /** Returns what came of a study. */
  static String summary(StudyRecord study) {
    return String.join(System.lineSeparator(), rungs(study.trials(), study.header().rungs()))
        + System.lineSeparator();
  }

  /** Returns the Pareto front of a study with several objectives, a line a trial. */
  static String front(StudyRecord study) {
    List<Objective> objectives = study.header().objectives();
    if (objectives.size() == 1) {
      return "";
    }
    StringBuilder text = new StringBuilder("%nno other is better in everything:%n".formatted());
    for (Trial trial : ParetoFront.of(study.trials(), objectives).trials()) {
      text.append("  trial %d".formatted(trial.number()));
      for (Objective objective : objectives) {
        text.append("  ").append(value(objective, trial.measurement().orElseThrow()));
      }
      text.append("  ").append(trial.configuration()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String value(Objective objective, Measurement measured) {
    double value = measured.value(objective);
    return switch (objective) {
      case LOSS -> String.format(Locale.ROOT, "loss %.4f", value);
      case PARAMETERS -> String.format(Locale.ROOT, "%,.0f parameters", value);
      case TIME -> String.format(Locale.ROOT, "%.1f µs a character", value * MICROS);
    };
  }

  /** Returns how the best loss came about, the best trials, and what mattered. */
  static String details(StudyRecord study) {
    StringBuilder text = new StringBuilder();
    text.append(BestSoFar.of(study).toText(WIDTH)).append(System.lineSeparator());
    text.append(ParallelCoordinates.of(study).toText(BEST, WIDTH)).append(System.lineSeparator());
    text.append(
        Importance.of(study)
            .map(importance -> importance.toText(WIDTH))
            .orElse(
                "too few trials to say what mattered; it takes at least "
                    + Importance.FEWEST_TRIALS
                    + System.lineSeparator()));
    return text.toString();
  }
}
