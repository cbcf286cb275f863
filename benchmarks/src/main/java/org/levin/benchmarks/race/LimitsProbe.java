package org.levin.benchmarks.race;

import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;

/**
 * Measures what the machine can do, in a JVM of its own: prints the four numbers of {@link Limits},
 * one a line.
 */
public final class LimitsProbe {
  private static final int WARM_UPS = 20;
  private static final int WINDOWS = 40;
  private static final double GIGA = 1e9;

  private LimitsProbe() {}

  /** Measures in a new process. */
  static Limits measure(Jvm jvm) throws IOException {
    Process process = jvm.start(LimitsProbe.class);
    double[] values = process.inputReader().lines().mapToDouble(Double::parseDouble).toArray();
    return new Limits(values[0], values[1], values[2], values[3]);
  }

  /** Measures. */
  public static void main(String... arguments) {
    int processors = Runtime.getRuntime().availableProcessors();
    System.out.println(peak(processors));
    System.out.println(peak(1));
    System.out.println(bandwidth(processors));
    System.out.println(bandwidth(1));
  }

  private static double peak(int threads) {
    MultiplyAdds[] work = new MultiplyAdds[threads];
    java.util.Arrays.setAll(work, i -> new MultiplyAdds());
    return threads
        * MultiplyAdds.OPERATIONS
        / GIGA
        / shortest(threads, thread -> work[thread].run());
  }

  private static double bandwidth(int threads) {
    WeightReading reading = new WeightReading();
    return WeightReading.BYTES / GIGA / shortest(threads, thread -> reading.run(thread, threads));
  }

  /**
   * Returns the shortest time in which all threads have done the work once: a neighbor on a shared
   * machine makes it longer, never shorter.
   */
  private static double shortest(int threads, IntConsumer work) {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    Thread[] others = new Thread[threads - 1];
    for (int i = 0; i < others.length; i++) {
      int number = i + 1;
      others[i] = Thread.ofPlatform().daemon().start(() -> repeat(barrier, work, number));
    }
    return repeat(barrier, work, 0);
  }

  private static double repeat(CyclicBarrier barrier, IntConsumer work, int thread) {
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < WARM_UPS + WINDOWS; i++) {
      await(barrier);
      long start = System.nanoTime();
      work.accept(thread);
      await(barrier);
      if (i >= WARM_UPS) {
        shortest = Math.min(shortest, Timing.seconds(start));
      }
    }
    return shortest;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
