package org.levin.engine.cpu;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads, made once on first use, that share out numbered tasks. The calling
 * thread is one of them.
 */
final class Workers implements AutoCloseable {
  /**
   * Idle helpers end, and come back when they are needed: a model that is dropped, not closed, must
   * not keep threads for ever.
   */
  private static final int IDLE_SECONDS = 1;

  private final int threads;
  private ExecutorService helpers;

  Workers(int threads) {
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /**
   * Runs {@code task} for every number in {@code [0,tasks)}, each once, the lower numbers first,
   * and returns when all are done.
   */
  void run(int tasks, IntConsumer task) {
    int helping = Math.min(threads, tasks) - 1;
    if (helping <= 0) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(helping);
    Runnable share = () -> shareOut(tasks, task, next, failure);
    ExecutorService executor = executor();
    for (int i = 0; i < helping; i++) {
      executor.execute(
          () -> {
            try {
              share.run();
            } finally {
              done.countDown();
            }
          });
    }
    share.run();
    awaitUninterruptibly(done);
    switch (failure.get()) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  // A task throws nothing checked; whatever it throws is handed to the caller of run, after all
  // have stopped.
  private static void shareOut(
      int tasks, IntConsumer task, AtomicInteger next, AtomicReference<Throwable> failure) {
    try {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        task.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(tasks);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        // The helpers still write into the caller's arrays: leave only when they are done.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized ExecutorService executor() {
    if (helpers == null) {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              threads - 1,
              threads - 1,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofPlatform().name("levin-cpu-", 1).daemon().factory());
      pool.allowCoreThreadTimeOut(true);
      helpers = pool;
    }
    return helpers;
  }

  @Override
  public synchronized void close() {
    if (helpers != null) {
      helpers.shutdownNow();
    }
  }
}
