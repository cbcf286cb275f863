package org.levin.training;

/**
 * A loss, a gradient norm or a parameter is no finite number any more: training stopped there.
 * Where loss or norm of the step itself are to blame, the step updated nothing.
 */
public final class TrainingDivergedException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private final long step;

  /**
   * Makes the exception.
   *
   * @param step the step done last, counted from 1
   * @param problem what is not finite
   */
  public TrainingDivergedException(long step, String problem) {
    super(
        "training diverged at step "
            + step
            + ": "
            + problem
            + "; try a lower learning rate or a smaller clip norm");
    this.step = step;
  }

  /** Returns the step, counted from 1. */
  public long step() {
    return step;
  }
}
