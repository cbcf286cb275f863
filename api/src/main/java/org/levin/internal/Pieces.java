package org.levin.internal;

/** How much goes through a network at once where it only reads. */
public final class Pieces {
  /** Texts side by side: enough to repay the reading of all weights. */
  public static final int MOST_ROWS = 64;

  /** Logits of a call: 8 MiB. */
  private static final int MOST_LOGITS = 1 << 21;

  /** More at once is no faster. */
  private static final int MOST_STEPS = 256;

  private Pieces() {}

  /** Returns the most steps of a call, at least 1, for so many rows and symbols. */
  public static int steps(int rows, int symbols) {
    return (int) Math.clamp(MOST_LOGITS / ((long) rows * symbols), 1L, MOST_STEPS);
  }
}
