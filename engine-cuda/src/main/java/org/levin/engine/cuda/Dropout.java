package org.levin.engine.cuda;

import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** Adds dropout to a list. */
final class Dropout {
  /** Positions that one counter of the random numbers gives words for. */
  private static final int POSITIONS = 4;

  private final NetworkShape shape;
  private final Activations a;
  private final StepValues step;

  Dropout(NetworkShape shape, Activations a, StepValues step) {
    this.shape = shape;
    this.a = a;
    this.step = step;
  }

  /**
   * Adds the product of {@code source [T·B,H]} with the masks above a layer.
   *
   * @param target overwritten; may be the source
   */
  void add(LaunchList list, int layer, long target, long source) {
    int positions = Math.multiplyExact(a.steps, shape.hidden());
    list.each(
        Kernel.DROPOUT,
        (long) a.rows * Math.ceilDiv(positions, POSITIONS),
        target,
        source,
        step.address(),
        layer,
        a.rows,
        a.steps,
        shape.hidden());
  }
}
