package org.levin.cli;

import java.util.Locale;
import org.levin.training.TrainingPlan;

/** What a training is about to do, in a line. */
final class PlanText {
  private PlanText() {}

  static String of(TrainingPlan plan) {
    return String.format(
        Locale.ROOT,
        "%,d parameters, %d symbols, %,d characters to train on and %,d to validate, %,d steps on engine %s",
        plan.parameters(),
        plan.vocabularySize(),
        plan.trainingTokens(),
        plan.validationTokens(),
        plan.steps(),
        plan.engine());
  }
}
