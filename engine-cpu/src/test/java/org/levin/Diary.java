package org.levin;

import java.util.ArrayList;
import java.util.List;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingPlan;
import org.levin.training.ValidationMetrics;

/** Writes down all that a training tells. */
class Diary implements TrainingListener {
  final List<TrainingPlan> plans = new ArrayList<>();
  final List<StepMetrics> steps = new ArrayList<>();
  final List<ValidationMetrics> validations = new ArrayList<>();
  int announced;

  @Override
  public void started(TrainingPlan plan) {
    plans.add(plan);
  }

  @Override
  public void stepped(StepMetrics metrics) {
    steps.add(metrics);
  }

  @Override
  public void validating() {
    announced++;
  }

  @Override
  public void validated(ValidationMetrics metrics) {
    validations.add(metrics);
  }

  List<Long> validatedSteps() {
    return validations.stream().map(ValidationMetrics::step).toList();
  }
}
