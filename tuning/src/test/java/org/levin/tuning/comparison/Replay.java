package org.levin.tuning.comparison;

import java.util.Optional;
import java.util.stream.LongStream;
import org.levin.tuning.Assignment;
import org.levin.tuning.Study;
import org.levin.tuning.StudyLimits;
import org.levin.tuning.StudyPlan;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.strategy.Strategy;

/** Studies whose trainings are looked up in a table. */
record Replay(Table table) {

  /**
   * Returns how much more loss than the best of the table has what each of some studies finds.
   *
   * @param rungs how many; each up to a whole training
   * @param trainings the cost of a study, in whole trainings
   * @param seeds how many studies, with the seeds from 0
   * @return regrets in nats, by seed
   */
  double[] regrets(Strategy strategy, int rungs, double trainings, int seeds) {
    long steps = Math.round(trainings * table.steps());
    return LongStream.range(0, seeds)
        .mapToDouble(
            seed ->
                found(strategy, Rungs.halving(table.steps(), rungs), steps, seed) - table.least())
        .toArray();
  }

  /**
   * Returns the loss, after a whole training, of the configuration that a study takes for the best.
   */
  private double found(Strategy strategy, Rungs rungs, long steps, long seed) {
    StudyPlan plan =
        StudyPlan.of(MakeTable.SPACE, rungs.last()).with(rungs).with(strategy).seed(seed);
    Study study = Study.begin(plan, StudyLimits.none().steps(steps));
    for (Optional<Assignment> next = study.ask(); next.isPresent(); next = study.ask()) {
      study.tell(next.get(), table.loss(next.get().configuration(), next.get().to()));
    }
    return table.loss(study.best().orElseThrow().configuration(), table.steps());
  }
}
