package org.levin.engine.cuda.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.levin.corpus.Corpus;
import org.levin.engine.cuda.RecordedEngine;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.DeviceAttributes;
import org.levin.engine.cuda.driver.TimedDriver.Timed;
import org.levin.engine.cuda.kernel.Precision;

/**
 * Prints what a step of training the reference recipe launches on an H200, and what that may take:
 * reckoned, without a GPU.
 */
final class StepLaunches {
  private static final Shape REFERENCE = new Shape(2, 512, 128, 100);
  private static final int SYMBOLS = 83;
  private static final CudaDevice H200 =
      new CudaDevice(0, "NVIDIA H200", 90, 141L << 30, 132, 227 << 10);
  static final Peaks PEAKS = Peaks.of(H200.name(), new DeviceAttributes(0, 0, 0, 0));
  private static final double MICROS = 1e6;

  private StepLaunches() {}

  /** Launches of a kernel, and the seconds that they take at the peak, and may take. */
  private record Sum(int launches, double bound, double reckoned) {
    static final Sum NONE = new Sum(0, 0, 0);

    Sum with(Timed timed) {
      double least =
          LaunchCost.of(timed).map(cost -> cost.seconds(timed.name(), PEAKS)).orElse(0.0);
      return new Sum(launches + 1, bound + least, reckoned + Reckoning.seconds(timed, PEAKS));
    }

    @Override
    public String toString() {
      return launches == 0
          ? "| | | "
          : "| %d | %.0f | %.0f ".formatted(launches, MICROS * bound, MICROS * reckoned);
    }
  }

  /** Returns what a step queues, from the copy of its batch to that of its outcome. */
  static List<Timed> of(Precision precision) throws IOException {
    String text =
        IntStream.rangeClosed(0, 2 * REFERENCE.characters())
            .mapToObj(i -> Character.toString('!' + i % SYMBOLS))
            .collect(Collectors.joining());
    try (RecordedEngine recorded = new RecordedEngine(H200, precision);
        Corpus corpus = Corpus.of(text);
        Workload workload = new Workload(recorded.engine(), corpus, REFERENCE)) {
      workload.step();
      recorded.queued();
      workload.step();
      return recorded.queued();
    }
  }

  public static void main(String... arguments) throws IOException {
    List<Map<String, Sum>> precisions = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      precisions.add(sums(of(precision)));
    }
    Set<String> kernels = new TreeSet<>();
    precisions.forEach(sums -> kernels.addAll(sums.keySet()));
    System.out.println("launches, microseconds at the peak, microseconds reckoned");
    System.out.println("| kernel | fp32 | | | TF32 | | | bf16 | | |");
    for (String kernel : kernels) {
      StringBuilder line = new StringBuilder("| %s ".formatted(kernel));
      precisions.forEach(sums -> line.append(sums.getOrDefault(kernel, Sum.NONE)));
      System.out.println(line.append('|'));
    }
  }

  /** Returns the sums of each kernel, whatever its precision and tile, and of all. */
  private static Map<String, Sum> sums(List<Timed> launches) {
    Map<String, Sum> sums = new HashMap<>();
    for (Timed timed : launches) {
      for (String name : List.of(timed.name().replaceFirst("(Tf32|Bf16)?(Small)?$", ""), "all")) {
        sums.put(name, sums.getOrDefault(name, Sum.NONE).with(timed));
      }
    }
    return sums;
  }
}
