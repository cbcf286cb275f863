package org.levin.tuning;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.levin.training.Cancellation;

/** Cancels when time is up. */
final class Deadline implements AutoCloseable {
  private final Cancellation cancellation;
  private final Optional<ScheduledExecutorService> clock;

  private Deadline(Cancellation cancellation, Optional<ScheduledExecutorService> clock) {
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /** Returns the deadline after so much time from now, or none; until it is closed. */
  static Deadline of(Optional<Duration> time, Cancellation outside) {
    Deadline deadline =
        new Deadline(new Cancellation(outside), time.map(length -> Deadline.newClock()));
    deadline.clock.ifPresent(
        clock ->
            clock.schedule(
                deadline.cancellation::cancel,
                TimeUnit.MILLISECONDS.convert(time.get()),
                TimeUnit.MILLISECONDS));
    return deadline;
  }

  private static ScheduledExecutorService newClock() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("levin-deadline").factory());
  }

  /** Returns what is cancelled then, or when the outside is. */
  Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void close() {
    clock.ifPresent(ScheduledExecutorService::shutdownNow);
  }
}
