package org.levin.sampling;

import java.util.Arrays;
import org.levin.internal.Arguments;

/**
 * The last symbols of a text, at most {@code window}; a value: each symbol more makes another.
 *
 * @param ids the oldest first; never modified
 */
record RecentSymbols(int window, int[] ids) {
  /** A window is copied for every symbol; beyond this, that would cost as much as the network. */
  private static final int WIDEST = 4096;

  static RecentSymbols of(int window) {
    Arguments.require(
        window >= 1 && window <= WIDEST,
        "penaltyWindow must lie in [1, %d], but was %d",
        WIDEST,
        window);
    return new RecentSymbols(window, new int[0]);
  }

  RecentSymbols with(int id) {
    int from = Math.max(0, ids.length + 1 - window);
    int[] more = Arrays.copyOfRange(ids, from, ids.length + 1);
    more[more.length - 1] = id;
    return new RecentSymbols(window, more);
  }
}
