package org.levin.engine.cuda;

import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** Adds dropout to a list. */
final class Dropout {
  /** Positions that one counter of the random numbers gives words for. */
  private static final int POSITIONS = 4;

  private Dropout() {}

  /**
   * Adds the product of {@code source [T·B,H]} with the masks above a layer.
   *
   * @param target overwritten; may be the source
   */
  static void add(
      LaunchList list,
      NetworkShape shape,
      Activations a,
      TokenBlock tokens,
      int layer,
      long target,
      long source) {
    int positions = Math.multiplyExact(a.steps, shape.hidden());
    list.each(
        Kernel.DROPOUT,
        (long) a.rows * Math.ceilDiv(positions, POSITIONS),
        target,
        source,
        tokens.step(),
        layer,
        a.rows,
        a.steps,
        shape.hidden());
  }
}
