package org.levin.training;

import java.util.OptionalInt;

/**
 * Remembers the best validation loss, and says when patience has run out. Belongs to one training.
 */
public final class EarlyStopping {
  private final OptionalInt patience;
  private double best = Double.POSITIVE_INFINITY;
  private int worse;

  /** Makes one with this patience; without, it never stops a training. */
  public EarlyStopping(OptionalInt patience) {
    this.patience = patience;
  }

  /** Returns one that never stops a training. */
  public static EarlyStopping never() {
    return new EarlyStopping(OptionalInt.empty());
  }

  /** Takes a validation loss; returns whether it is the best so far. NaN and infinity never are. */
  public boolean improves(double loss) {
    if (loss < best) {
      best = loss;
      worse = 0;
      return true;
    }
    worse++;
    return false;
  }

  /** Returns whether to stop now. */
  public boolean exhausted() {
    return patience.isPresent() && worse >= patience.getAsInt();
  }
}
