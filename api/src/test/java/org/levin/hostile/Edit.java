package org.levin.hostile;

import java.util.Random;

/**
 * One way to make a draft say what no writer would.
 *
 * @param <D> the draft of a file
 */
@FunctionalInterface
interface Edit<D> {
  /** Changes the draft in place. */
  void apply(D draft, Random random);
}
