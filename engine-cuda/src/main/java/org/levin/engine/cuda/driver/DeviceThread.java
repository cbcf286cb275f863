package org.levin.engine.cuda.driver;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * The one thread that calls the driver. A CUDA context belongs to the thread that entered it; so
 * callers of any number of threads wait here for their turn.
 */
final class DeviceThread implements AutoCloseable {
  private final ExecutorService executor;
  private final Thread thread;

  DeviceThread() {
    executor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("levin-cuda").factory());
    thread = call(Thread::currentThread);
  }

  /**
   * Does something on the thread, and returns its result; what it throws is thrown here. An
   * interrupt does not end the waiting, since the device would go on.
   */
  <T> T call(Supplier<T> work) {
    if (Thread.currentThread() == thread) {
      return work.get();
    }
    Future<T> future = executor.submit(work::get);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause; // a supplier throws nothing else
  }

  @Override
  public void close() {
    executor.close();
  }
}
