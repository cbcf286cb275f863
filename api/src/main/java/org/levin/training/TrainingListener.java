package org.levin.training;

/**
 * Hears how a training goes, on the thread that trains; what it throws ends the training. Every
 * method does nothing unless overridden.
 */
public interface TrainingListener {

  /** Returns the listener that hears nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }

  /** Called once, before the first step. */
  default void started(TrainingPlan plan) {}

  /** Called after each step. */
  default void stepped(StepMetrics metrics) {}

  /** Called before each validation, which may take long. */
  default void validating() {}

  /** Called after each validation. */
  default void validated(ValidationMetrics metrics) {}

  /** Returns the listener that tells this one and then {@code next}. */
  default TrainingListener and(TrainingListener next) {
    TrainingListener first = this;
    return new TrainingListener() {
      @Override
      public void started(TrainingPlan plan) {
        first.started(plan);
        next.started(plan);
      }

      @Override
      public void stepped(StepMetrics metrics) {
        first.stepped(metrics);
        next.stepped(metrics);
      }

      @Override
      public void validating() {
        first.validating();
        next.validating();
      }

      @Override
      public void validated(ValidationMetrics metrics) {
        first.validated(metrics);
        next.validated(metrics);
      }
    };
  }
}
