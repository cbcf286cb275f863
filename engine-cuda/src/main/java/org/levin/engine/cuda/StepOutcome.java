package org.levin.engine.cuda;

import org.levin.engine.StepResult;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;

/**
 * What a step measured, as {@code StepOutcome} of the kernels lies in memory: doubles.
 *
 * @param lossSum of all tokens, in nats
 * @param gradientNorm before clipping
 */
record StepOutcome(double lossSum, double gradientNorm) {
  private static final int DOUBLES = 4;

  /** The size. */
  static final int BYTES = DOUBLES * Double.BYTES;

  /** Waits for all that was queued, and reads what was written to {@code memory}. */
  static StepOutcome read(DeviceContext context, DeviceMemory memory) {
    double[] values = context.downloadDoubles(memory.address(), DOUBLES);
    return new StepOutcome(values[0], values[1]);
  }

  /** Returns the same with the mean loss. */
  StepResult result(int tokens) {
    return new StepResult(lossSum / tokens, gradientNorm);
  }
}
