package org.levin.training;

import java.util.Optional;

/** Asks a long work to stop, from any thread; it does so after the step under way. */
public final class Cancellation {
  private final Optional<Cancellation> whole;
  private volatile boolean cancelled;

  /** Makes one that has not been asked for. */
  public Cancellation() {
    whole = Optional.empty();
  }

  /** Makes one of a part: it is asked for by itself, or with the whole. */
  public Cancellation(Cancellation whole) {
    this.whole = Optional.of(whole);
  }

  /** Asks. Asking twice is harmless. */
  public void cancel() {
    cancelled = true;
  }

  /** Returns whether it has been asked for. */
  public boolean cancelled() {
    return cancelled || whole.isPresent() && whole.get().cancelled();
  }
}
