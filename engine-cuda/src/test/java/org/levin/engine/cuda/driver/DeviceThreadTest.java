package org.levin.engine.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers look for a result, then sleep; both ways have to be gone, in both directions. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeviceThreadTest {
  /** Far more than anyone looks before it sleeps. */
  private static final long LONG_NANOS = 5_000_000;

  private int count;

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void everythingIsDoneOnOneThreadThatIsNoCallers() {
    try (DeviceThread device = new DeviceThread()) {
      Thread thread = device.call(Thread::currentThread);
      assertNotSame(Thread.currentThread(), thread);
      assertSame(thread, device.call(Thread::currentThread));
      assertSame(thread, device.call(() -> device.call(Thread::currentThread)), "from within");
      assertTrue(thread.isDaemon());
      assertFalse(thread.isVirtual());
    }
  }

  @Test
  void whoeverSleepsIsWoken() {
    try (DeviceThread device = new DeviceThread()) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        long inside = i % 2 == 0 ? LONG_NANOS : 0;
        assertEquals(
            number,
            device.call(
                () -> {
                  pause(inside);
                  return number;
                }));
        pause(i % 3 == 0 ? LONG_NANOS : 0);
      }
    }
  }

  /** What is counted is not volatile, and no call is lost. */
  @Test
  void manyCallersTakeTurns() throws Exception {
    int callers = 16;
    int calls = 2_000;
    try (DeviceThread device = new DeviceThread();
        ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Future<Long>> sums = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        sums.add(
            executor.submit(
                () -> {
                  long sum = 0;
                  for (int call = 0; call < calls; call++) {
                    sum += device.call(() -> count++);
                  }
                  return sum;
                }));
      }
      long sum = 0;
      for (Future<Long> own : sums) {
        sum += own.get();
      }
      long all = (long) callers * calls;
      assertEquals(all * (all - 1) / 2, sum);
      assertEquals(all, count);
    }
  }

  @Test
  void virtualThreadsMayCall() throws Exception {
    try (DeviceThread device = new DeviceThread();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        results.add(executor.submit(() -> device.call(() -> count++)));
      }
      for (Future<Integer> result : results) {
        result.get();
      }
      assertEquals(200, count);
    }
  }

  @Test
  void whatIsThrownIsTheCallersAndTheThreadGoesOn() {
    try (DeviceThread device = new DeviceThread()) {
      for (Throwable thrown : List.of(new CudaException("a", "b", "c"), new AssertionError("d"))) {
        assertSame(
            thrown,
            assertThrows(
                Throwable.class,
                () ->
                    device.call(
                        () -> {
                          if (thrown instanceof Error error) {
                            throw error;
                          }
                          throw (RuntimeException) thrown;
                        })));
      }
      assertEquals(7, device.call(() -> 7));
    }
  }

  @Test
  void anInterruptDoesNotEndTheWaitingAndIsKept() throws Exception {
    try (DeviceThread device = new DeviceThread()) {
      Thread.currentThread().interrupt();
      assertEquals(1, device.call(() -> 1), "looking");
      assertTrue(Thread.interrupted());
      Thread caller = Thread.currentThread();
      int result =
          device.call(
              () -> {
                pause(LONG_NANOS);
                caller.interrupt();
                pause(LONG_NANOS);
                return 2;
              });
      assertEquals(2, result, "sleeping");
      assertTrue(Thread.interrupted());
      device.call(
          () -> {
            Thread.currentThread().interrupt();
            return null;
          });
      pause(LONG_NANOS);
      assertEquals(3, device.call(() -> 3), "a stray interrupt of the device's thread");
    }
  }

  @Test
  void closingWaitsForWhatWasAskedForAndRefusesTheRest() throws Exception {
    DeviceThread device = new DeviceThread();
    Thread thread = device.call(Thread::currentThread);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newCachedThreadPool()) {
      Future<Integer> first =
          executor.submit(
              () ->
                  device.call(
                      () -> {
                        begun.countDown();
                        await(end);
                        return 1;
                      }));
      begun.await();
      Future<Integer> second = executor.submit(() -> device.call(() -> 2));
      pause(LONG_NANOS);
      Future<?> closing = executor.submit(() -> device.close());
      pause(LONG_NANOS);
      assertFalse(closing.isDone(), "it waits");
      end.countDown();
      assertEquals(1, first.get());
      assertEquals(2, second.get());
      closing.get();
    }
    assertFalse(thread.isAlive());
    assertThrows(IllegalStateException.class, () -> device.call(() -> 3));
    device.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** However many close it, and whatever is asked for meanwhile. */
  @Test
  void theLastThingIsDoneOnceAndNothingAfterIt() throws Exception {
    for (int round = 0; round < 50; round++) {
      DeviceThread device = new DeviceThread();
      List<String> done = new ArrayList<>(); // known to the device's thread
      try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
        List<Future<?>> closings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          closings.add(
              executor.submit(
                  () -> {
                    device.runIfOpen(() -> done.add("work"));
                    device.close(() -> done.add("last"));
                    device.runIfOpen(() -> done.add("too late"));
                  }));
        }
        for (Future<?> closing : closings) {
          closing.get();
        }
      }
      assertEquals(done.size() - 1, done.indexOf("last"), done::toString);
      assertFalse(done.contains("too late"), done::toString);
    }
  }

  @Test
  void whatTheLastThingThrowsIsThrownAndTheThreadEnds() {
    DeviceThread device = new DeviceThread();
    Thread thread = device.call(Thread::currentThread);
    assertThrows(
        ArithmeticException.class,
        () ->
            device.close(
                () -> {
                  throw new ArithmeticException();
                }));
    assertFalse(thread.isAlive());
  }

  /** Each call is answered or refused, and none hangs. */
  @Test
  void callersThatRaceWithClosingAreAnsweredOrRefused() throws Exception {
    for (int round = 0; round < 50; round++) {
      DeviceThread device = new DeviceThread();
      try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
        List<Future<Boolean>> refusals = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          refusals.add(
              executor.submit(
                  () -> {
                    try {
                      while (device.call(() -> true)) {
                        Thread.onSpinWait();
                      }
                      return false;
                    } catch (IllegalStateException e) {
                      return true;
                    }
                  }));
        }
        pause(LONG_NANOS / 10);
        device.close();
        for (Future<Boolean> refused : refusals) {
          assertTrue(refused.get());
        }
      }
    }
  }
}
