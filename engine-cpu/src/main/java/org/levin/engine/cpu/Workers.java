package org.levin.engine.cpu;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of threads that share out numbered tasks. The calling thread is one of them; the
 * others are started on first use. Where several threads call at once, one has the helpers, and the
 * others do their tasks alone.
 */
final class Workers implements AutoCloseable {
  /**
   * Idle helpers end, and come back when they are needed: a model that is dropped, not closed, must
   * not keep threads for ever.
   */
  private static final int IDLE_SECONDS = 1;

  /**
   * How often a thread looks whether it is needed before it sleeps, some tens of microseconds: to
   * wake it takes as long, and the next run often comes sooner.
   */
  private static final int LOOKS = 1_000;

  /** A task of a run. */
  @FunctionalInterface
  interface Task {
    /**
     * Does one task.
     *
     * @param index its number
     * @param worker the number of the thread that does it, below {@link #threads}; no two of a run
     *     have the same
     */
    void run(int index, int worker);
  }

  private final ReentrantLock turn = new ReentrantLock();
  private final WorkerThread[] helpers;

  // Of the run that has the turn:
  private final AtomicInteger next = new AtomicInteger();

  /** Which tasks have been taken, where there is one for each thread. */
  private final AtomicIntegerArray taken;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Semaphore done = new Semaphore(0);
  private int tasks;
  private Task task;

  Workers(int threads) {
    helpers = new WorkerThread[threads - 1];
    taken = new AtomicIntegerArray(threads);
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new WorkerThread(i + 1);
    }
  }

  int threads() {
    return helpers.length + 1;
  }

  /**
   * Runs {@code task} for every number in {@code [0,tasks)}, each once, and returns when all are
   * done. The lower numbers come first; or, where there is a task for each thread, that of its own
   * number. A task may call it too, and does those tasks alone.
   */
  void run(int tasks, Task task) {
    int helping = Math.min(threads(), tasks) - 1;
    if (helping <= 0 || turn.isHeldByCurrentThread() || !turn.tryLock()) {
      for (int i = 0; i < tasks; i++) {
        task.run(i, 0);
      }
      return;
    }
    try {
      runTogether(helping, tasks, task);
    } finally {
      turn.unlock();
    }
  }

  private void runTogether(int helping, int tasks, Task task) {
    this.tasks = tasks;
    this.task = task;
    next.set(0);
    for (int i = 0; i < taken.length(); i++) {
      taken.setPlain(i, 0);
    }
    failure.set(null);
    int called = 0;
    try {
      while (called < helping) {
        helpers[called].call();
        called++;
      }
      share(0);
    } finally {
      // Also when a thread cannot be started: those that were called still work.
      await(called);
    }
    this.task = null;
    switch (failure.get()) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void await(int helping) {
    for (int look = 0; look < LOOKS && done.availablePermits() < helping; look++) {
      Thread.onSpinWait();
    }
    // Also when interrupted: the helpers still write into the caller's arrays.
    done.acquireUninterruptibly(helping);
  }

  // A task throws nothing checked; whatever it throws is handed to the caller of run, after all
  // have stopped.
  private void share(int worker) {
    try {
      if (isOneForEach()) {
        ownFirst(worker);
      } else {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
          task.run(i, worker);
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(tasks);
    }
  }

  private boolean isOneForEach() {
    return tasks <= threads();
  }

  /** The data of a task that comes again may still lie in the cache of the thread that had it. */
  private void ownFirst(int worker) {
    for (int i = 0; i < tasks && failure.get() == null; i++) {
      int index = (worker + i) % tasks;
      if (taken.getPlain(index) == 0 && taken.compareAndSet(index, 0, 1)) {
        task.run(index, worker);
      }
    }
  }

  @Override
  public void close() {
    for (WorkerThread helper : helpers) {
      helper.end();
    }
  }

  /** A thread that waits for calls, and is there only while they come. */
  private final class WorkerThread implements Runnable {
    private final int worker;
    private final Semaphore calls = new Semaphore(0);
    private Thread thread;

    WorkerThread(int worker) {
      this.worker = worker;
    }

    synchronized void call() {
      if (thread == null) {
        thread = Thread.ofPlatform().name("levin-cpu-" + worker).daemon().start(this);
      }
      calls.release();
    }

    synchronized void end() {
      if (thread != null) {
        thread.interrupt();
      }
    }

    @Override
    public void run() {
      while (called()) {
        share(worker);
        done.release();
      }
    }

    private boolean called() {
      for (int look = 0; look < LOOKS; look++) {
        if (calls.tryAcquire()) {
          return true;
        }
        Thread.onSpinWait();
      }
      boolean called;
      try {
        called = calls.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        called = false;
      }
      synchronized (this) {
        // A call that came meanwhile is waited for.
        if (called || calls.tryAcquire()) {
          return true;
        }
        thread = null;
        return false;
      }
    }
  }
}
