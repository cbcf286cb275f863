package org.levin.training;

import java.io.IOException;

/**
 * Hears how a training goes, on the thread that trains; what it throws ends the training. Every
 * method does nothing unless overridden.
 */
public interface TrainingListener {

  /** Returns the listener that hears nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }

  /** Called once, before {@link #started}, if the training goes on from a checkpoint. */
  default void resumed(TrainingState state) {}

  /** Called once, before the first step. */
  default void started(TrainingPlan plan) {}

  /** Called after each step. */
  default void stepped(StepMetrics metrics) {}

  /** Called before each validation, which may take long. */
  default void validating() {}

  /** Called after each validation. */
  default void validated(ValidationMetrics metrics) {}

  /** Called after each checkpoint that was written; {@code step} is the last one done. */
  default void checkpointed(long step) {}

  /**
   * Called if a checkpoint could not be written, or not be made to last; a whole one is there all
   * the same, as a rule the one before. The next is tried when it is due; to end the training
   * instead, throw.
   *
   * @param step the last one done
   */
  default void checkpointFailed(long step, IOException failure) {}

  /** Returns the listener that tells this one and then {@code next}. */
  default TrainingListener and(TrainingListener next) {
    TrainingListener first = this;
    return new TrainingListener() {
      @Override
      public void resumed(TrainingState state) {
        first.resumed(state);
        next.resumed(state);
      }

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

      @Override
      public void checkpointed(long step) {
        first.checkpointed(step);
        next.checkpointed(step);
      }

      @Override
      public void checkpointFailed(long step, IOException failure) {
        first.checkpointFailed(step, failure);
        next.checkpointFailed(step, failure);
      }
    };
  }
}
