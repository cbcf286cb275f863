package org.levin.tuning;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.levin.training.Cancellation;

/** Cancels when time is up, or when someone else does. */
final class Deadline implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;

  private final Cancellation cancellation = new Cancellation();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("levin-deadline").factory());

  private Deadline() {}

  /** Returns the deadline after so much time from now, or none; until it is closed. */
  static Deadline of(Optional<Duration> time, Cancellation outside) {
    Deadline deadline = new Deadline();
    deadline.clock.scheduleWithFixedDelay(
        () -> {
          if (outside.cancelled()) {
            deadline.cancellation.cancel();
          }
        },
        0,
        LOOK_MILLIS,
        TimeUnit.MILLISECONDS);
    time.ifPresent(
        length ->
            deadline.clock.schedule(
                deadline.cancellation::cancel, length.toMillis(), TimeUnit.MILLISECONDS));
    return deadline;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
