package org.levin.cli;

import java.util.concurrent.CountDownLatch;
import org.levin.training.Cancellation;

/**
 * Turns Ctrl-C and SIGTERM into a cancellation: the JVM waits until the command has put its work
 * away, and exits with 130. A second Ctrl-C does not help; SIGKILL does.
 */
final class Interruption implements AutoCloseable {
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interruption() {
    hook = Thread.ofPlatform().name("levin-interruption").unstarted(this::stop);
  }

  static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Returns what the interruption cancels. */
  Cancellation cancellation() {
    return cancellation;
  }

  private void stop() {
    cancellation.cancel();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The JVM would exit with 143 after SIGTERM; an interrupted command has one code.
    Runtime.getRuntime().halt(Levin.INTERRUPTED);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook runs, and waits for this.
      done.countDown();
    }
  }
}
