package org.levin.tuning.comparison;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.levin.tuning.Assignment;
import org.levin.tuning.Study;
import org.levin.tuning.StudyLimits;
import org.levin.tuning.StudyPlan;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Trial;

/**
 * Studies whose trainings are looked up in a table instead of run.
 *
 * @param losses by configuration, after each {@code every} steps
 * @param every steps between two measurements
 */
record Replay(Map<Configuration, List<Double>> losses, long every) {

  /** Returns the table that a study with the same rungs for all trials makes. */
  static Replay of(List<Trial> trials, long every, int points) {
    return new Replay(
        trials.stream()
            .filter(trial -> trial.results().size() >= points)
            .collect(
                Collectors.toMap(
                    Trial::configuration,
                    trial ->
                        trial.results().stream()
                            .limit(points)
                            .map(r -> r.measurement().map(m -> m.loss()).orElse(Double.NaN))
                            .toList())),
        every);
  }

  /** Returns the loss of a whole training. */
  double last(Configuration configuration) {
    return losses.get(configuration).getLast();
  }

  /** Returns the least loss of all whole trainings. */
  double least() {
    return losses.keySet().stream()
        .mapToDouble(this::last)
        .filter(Double::isFinite)
        .min()
        .orElseThrow();
  }

  /**
   * Returns the loss of the model that a study of so many steps in all finds.
   *
   * @param steps in all
   */
  double found(Strategy strategy, Rungs rungs, long steps, long seed) {
    StudyPlan plan =
        StudyPlan.of(MakeTable.SPACE, rungs.last()).with(rungs).with(strategy).seed(seed);
    Study study = Study.begin(plan, StudyLimits.none().steps(steps));
    for (Optional<Assignment> next = study.ask(); next.isPresent(); next = study.ask()) {
      Assignment assignment = next.get();
      int point = Math.toIntExact(assignment.to() / every) - 1;
      study.tell(assignment, losses.get(assignment.configuration()).get(point));
    }
    return last(study.best().orElseThrow().configuration());
  }
}
