package org.levin.engine.cuda.driver;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thread that waits for what another one does. It looks for a short while before it sleeps: to be
 * woken takes longer than many a call of the driver.
 */
final class Waiter {
  /** Longer than a character takes to be written, or drawn, be it by a slow constraint. */
  private static final long SPIN_NANOS = 200_000;

  /** On a single processor, looking would keep the other thread from what is waited for. */
  private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

  /**
   * Looks in between which the processor is offered to others: on a busy machine the thread that is
   * waited for may wait for this very processor.
   */
  private static final int LOOKS = 20;

  private final Thread thread;

  /** Whether the thread sleeps, or is about to look for the last time before it does. */
  private volatile boolean asleep;

  Waiter(Thread thread) {
    this.thread = thread;
  }

  /**
   * Waits, on the thread, until the condition holds. An interrupt does not end the waiting, and is
   * kept.
   *
   * @param condition what another thread makes true before it calls {@link #wake}
   */
  void await(BooleanSupplier condition) {
    if (spin(condition)) {
      return;
    }
    boolean interrupted = false;
    asleep = true;
    while (!condition.getAsBoolean()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted(); // or it would not sleep again
    }
    asleep = false;
    if (interrupted) {
      thread.interrupt();
    }
  }

  private static boolean spin(BooleanSupplier condition) {
    if (!SPINS) {
      return condition.getAsBoolean();
    }
    long start = System.nanoTime();
    do {
      for (int look = 0; look < LOOKS; look++) {
        if (condition.getAsBoolean()) {
          return true;
        }
        Thread.onSpinWait();
      }
      Thread.yield();
    } while (System.nanoTime() - start < SPIN_NANOS);
    return false;
  }

  /**
   * Has the thread look at the condition, which holds now; nothing happens if it does not sleep.
   */
  void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }
}
