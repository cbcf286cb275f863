package org.levin.engine.contract;

import org.levin.engine.Engine;

/** What a suite needs to know of the engine that it tests. */
public interface EngineUnderTest {

  /** Opens the engine; the suite closes it. */
  Engine open();

  /**
   * Returns the largest difference from the double-precision reference that logits, losses and
   * gradients may have, relative to the largest value.
   */
  default double tolerance() {
    return 2e-5;
  }

  /**
   * Returns the same for the numbers of libtorch, which has rounded too, in logits, states and
   * losses; gradients may differ by ten times as much.
   */
  default double goldenTolerance() {
    return 1e-6;
  }
}
