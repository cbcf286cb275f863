package org.levin.training;

/** Asks a long work to stop, from any thread; it does so after the step under way. */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Makes one that has not been asked for. */
  public Cancellation() {}

  /** Asks. Asking twice is harmless. */
  public void cancel() {
    cancelled = true;
  }

  /** Returns whether it has been asked for. */
  public boolean cancelled() {
    return cancelled;
  }
}
