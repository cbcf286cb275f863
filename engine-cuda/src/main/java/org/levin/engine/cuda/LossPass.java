package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** From logits to losses and the logits' gradient. */
final class LossPass {
  /** Threads that take a token together. */
  private static final int PARTS = 8;

  private final NetworkShape shape;
  private final Activations a;
  private final TokenBlock tokens;

  /** {@code [T·B]} doubles. */
  final DeviceMemory losses;

  LossPass(NetworkShape shape, Activations a, TokenBlock tokens, DeviceScope scope) {
    this.shape = shape;
    this.a = a;
    this.tokens = tokens;
    losses = scope.allocate((long) a.tokens() * Double.BYTES);
  }

  /**
   * Adds the pass to a list.
   *
   * @param gradient whether the gradient of the mean loss takes the place of the logits
   */
  void add(LaunchList list, boolean gradient) {
    list.each(
        Kernel.CROSS_ENTROPY,
        (long) a.tokens() * PARTS,
        a.logits.address(),
        tokens.targets(),
        losses.address(),
        a.tokens(),
        shape.vocabulary(),
        gradient ? 1 : 0);
  }
}
