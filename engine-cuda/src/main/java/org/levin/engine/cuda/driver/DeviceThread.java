package org.levin.engine.cuda.driver;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * The one thread that calls the driver. A CUDA context belongs to the thread that entered it; so
 * callers of any number of threads wait here for their turn.
 */
final class DeviceThread implements AutoCloseable {
  private final Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("levin-cuda").unstarted(this::run);
  private final Waiter idle = new Waiter(thread);

  /** Set under the lock under which tasks are added, so that none comes after the last. */
  private volatile boolean closed;

  DeviceThread() {
    thread.start();
  }

  /**
   * Does something on the thread, and returns its result; what it throws is thrown here. An
   * interrupt does not end the waiting, since the device would go on.
   *
   * @throws IllegalStateException if it is closed
   */
  <T> T call(Supplier<T> work) {
    if (Thread.currentThread() == thread) {
      return work.get();
    }
    Task<T> task = new Task<>(work);
    if (!add(task)) {
      throw new IllegalStateException("this engine is closed");
    }
    return task.await();
  }

  /** Does something on the thread, unless it is closed; what it throws is thrown here. */
  void runIfOpen(Runnable work) {
    if (Thread.currentThread() == thread) {
      work.run();
      return;
    }
    Task<?> task = new Task<>(work);
    if (add(task)) {
      task.await();
    }
  }

  private boolean add(Task<?> task) {
    synchronized (tasks) {
      if (closed) {
        return false;
      }
      tasks.add(task);
    }
    idle.wake();
    return true;
  }

  private void run() {
    while (true) {
      idle.await(() -> closed || !tasks.isEmpty());
      Task<?> task = tasks.poll();
      if (task == null) {
        return; // closed, and all is done
      }
      task.run();
    }
  }

  /**
   * Ends the thread, and waits for its end: after all that was asked for before, and then one thing
   * more. What that throws is thrown here. Closing twice is harmless.
   */
  void close(Runnable last) {
    Task<?> task = new Task<>(last);
    boolean first;
    synchronized (tasks) {
      first = add(task);
      closed = true;
    }
    idle.wake();
    try {
      if (first) {
        task.await();
      }
    } finally {
      join();
    }
  }

  /** Ends the thread likewise, with nothing more. */
  @Override
  public void close() {
    close(() -> {});
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What one caller waits for. */
  private static final class Task<T> {
    private final Supplier<T> work;
    private final Waiter caller = new Waiter(Thread.currentThread());
    private T result;
    private Throwable thrown;

    /** Written last, so that who sees it sees the others. */
    private volatile boolean done;

    Task(Supplier<T> work) {
      this.work = work;
    }

    Task(Runnable work) {
      this(
          () -> {
            work.run();
            return null;
          });
    }

    void run() {
      try {
        result = work.get();
      } catch (Throwable e) { // whatever it is, it is the caller's
        thrown = e;
      }
      done = true;
      caller.wake();
    }

    T await() {
      caller.await(() -> done);
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown != null) {
        throw (RuntimeException) thrown; // a supplier throws nothing else
      }
      return result;
    }
  }
}
