package org.levin.tuning;

import org.levin.training.StepMetrics;
import org.levin.tuning.trial.Result;

/**
 * Hears how a search goes, from the threads that train; one call at a time. What it throws ends the
 * search. Every method does nothing unless overridden.
 */
public interface TuningListener {

  /** Returns the listener that hears nothing. */
  static TuningListener none() {
    return new TuningListener() {};
  }

  /** Called once, before anything is trained. */
  default void began(Study study) {}

  /** Called when a trial begins to train, or goes on. */
  default void started(Assignment assignment, int threads) {}

  /** Called after each step of a trial. */
  default void stepped(Assignment assignment, StepMetrics metrics) {}

  /** Called when a trial has come to its rung, or failed; the study knows already. */
  default void ended(Assignment assignment, Result result, double seconds) {}
}
