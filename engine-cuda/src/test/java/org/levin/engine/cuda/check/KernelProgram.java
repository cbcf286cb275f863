package org.levin.engine.cuda.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.levin.corpus.Corpus;
import org.levin.engine.Engine;
import org.levin.engine.cuda.TimedEngine;
import org.levin.engine.cuda.driver.DeviceAttributes;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.driver.TimedDriver;
import org.levin.engine.cuda.driver.TimedDriver.Timed;

/**
 * Measures what a step of training spends in each kernel: the text, {@code tiny} or not. Graphs are
 * off.
 */
final class KernelProgram {
  private static final int WARM_STEPS = 2;
  private static final int STEPS = 5;
  private static final double MILLIS = 1e3;

  private KernelProgram() {}

  public static void main(String... arguments) throws IOException {
    Sizes sizes = Boolean.parseBoolean(arguments[1]) ? Sizes.tiny() : Sizes.whole();
    DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
    Peaks peaks = Peaks.of(found.device().name(), DeviceAttributes.of(found.device()));
    TimedEngine timed = TimedEngine.open(found, sizes.ballast());
    List<Timed> launches = new ArrayList<>();
    try (Engine engine = timed.engine();
        Corpus corpus = Text.start(Path.of(arguments[0]), Long.MAX_VALUE);
        Workload workload = new Workload(engine, corpus, sizes.kernels())) {
      for (int step = 0; step < WARM_STEPS; step++) {
        workload.step();
      }
      for (int step = 0; step < STEPS; step++) {
        timed.driver().begin();
        workload.step();
        launches.addAll(timed.driver().end());
      }
    }
    print(launches, sizes.kernels(), peaks);
  }

  private static void print(List<Timed> launches, Shape shape, Peaks peaks) {
    double[] empty =
        launches.stream()
            .filter(timed -> timed.name().equals(TimedDriver.NOTHING))
            .mapToDouble(Timed::milliseconds)
            .sorted()
            .toArray();
    double nothing = empty[empty.length / 2];
    Map<String, KernelTime> kernels = new LinkedHashMap<>();
    double sum = 0;
    for (Timed timed : launches) {
      if (!timed.name().equals(TimedDriver.NOTHING)) {
        KernelTime kernel = kernels.computeIfAbsent(timed.name(), name -> new KernelTime());
        double own = Math.max(0, timed.milliseconds() - nothing);
        kernel.add(own, LaunchCost.of(timed), timed.name(), peaks);
        sum += own;
      }
    }
    ResultLine.print(
        ResultLine.object()
            .put("shape", shape.toString())
            .put("millisecondsPerStep", sum / STEPS)
            .put("emptyPairMicroseconds", nothing * MILLIS)
            .put("pieces", empty.length / TimedDriver.EMPTY_PAIRS / STEPS));
    double whole = sum;
    kernels.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().milliseconds()))
        .forEach(entry -> ResultLine.print(entry.getValue().result(entry.getKey(), STEPS, whole)));
  }
}
