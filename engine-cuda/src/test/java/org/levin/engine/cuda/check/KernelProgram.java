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
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.cuda.TimedEngine;
import org.levin.engine.cuda.driver.DeviceAttributes;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.driver.TimedDriver;
import org.levin.engine.cuda.driver.TimedDriver.Timed;
import org.levin.model.Initialization;

/**
 * Measures what a step of training, and one of writing a text, spend in each kernel: the text,
 * {@code tiny} or not. Graphs are off.
 */
final class KernelProgram {
  private static final int WARM_STEPS = 2;
  private static final int STEPS = 5;
  private static final double MILLIS = 1e3;
  private static final long SEED = 42;

  private final TimedDriver driver;
  private final Peaks peaks;

  private KernelProgram(TimedDriver driver, Peaks peaks) {
    this.driver = driver;
    this.peaks = peaks;
  }

  public static void main(String... arguments) throws IOException {
    Sizes sizes = Boolean.parseBoolean(arguments[1]) ? Sizes.tiny() : Sizes.whole();
    DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
    Peaks peaks = Peaks.of(found.device().name(), DeviceAttributes.of(found.device()));
    TimedEngine timed = TimedEngine.open(found, sizes.ballast());
    KernelProgram program = new KernelProgram(timed.driver(), peaks);
    try (Engine engine = timed.engine();
        Corpus corpus = Text.start(Path.of(arguments[0]), Long.MAX_VALUE)) {
      program.train(engine, corpus, sizes.kernels());
      program.write(engine, corpus.vocabulary().size(), sizes.generation());
    }
  }

  private void train(Engine engine, Corpus corpus, Shape shape) {
    try (Workload workload = new Workload(engine, corpus, shape)) {
      measure("train", shape, workload::step);
    }
  }

  private void write(Engine engine, int symbols, Shape shape) {
    var parameters = Initialization.UNIFORM.parameters(shape.architecture(), symbols, SEED);
    int[] ids = new int[shape.rows()];
    float[] logits = new float[shape.rows() * symbols];
    try (Network network = engine.network(parameters);
        NetworkState state = network.state(shape.rows())) {
      measure("write", shape, () -> network.forward(ids, 1, state, logits));
    }
  }

  private void measure(String task, Shape shape, Runnable step) {
    List<Timed> launches = new ArrayList<>();
    for (int i = 0; i < WARM_STEPS; i++) {
      step.run();
    }
    for (int i = 0; i < STEPS; i++) {
      driver.begin();
      step.run();
      launches.addAll(driver.end());
    }
    print(task, launches, shape);
  }

  private void print(String task, List<Timed> launches, Shape shape) {
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
            .put("task", task)
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
