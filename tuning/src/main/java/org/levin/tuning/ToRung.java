package org.levin.tuning;

import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

/** Ends a training at a rung, or when all is cancelled; at the last rung it ends by itself. */
final class ToRung implements TrainingListener {
  private final long rung;
  private final long last;
  private final Cancellation cancellation;
  private long step;

  /**
   * Makes the end of a training.
   *
   * @param last steps of a whole training
   */
  ToRung(long rung, long last, Cancellation outside) {
    this.rung = rung;
    this.last = last;
    cancellation = new Cancellation(outside);
  }

  /** Takes note of the steps that are done already. */
  void begin(long done) {
    step = done;
    stopIfThere();
  }

  @Override
  public void stepped(StepMetrics metrics) {
    step = metrics.step();
    stopIfThere();
  }

  private void stopIfThere() {
    if (isThere() && rung < last) {
      cancellation.cancel();
    }
  }

  /** Returns whether the rung was reached. */
  boolean isThere() {
    return step >= rung;
  }

  Cancellation cancellation() {
    return cancellation;
  }
}
