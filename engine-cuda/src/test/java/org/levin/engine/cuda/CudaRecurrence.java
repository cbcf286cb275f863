package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.contract.Comparisons;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.engine.cuda.recurrence.RecurrenceChoice;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** All steps of a layer in one launch, beside some launches a step. */
abstract class CudaRecurrence {
  private static final int VOCABULARY = 5;
  private final DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
  private final AtomicInteger launches = new AtomicInteger();
  private final Precision precision;

  CudaRecurrence(Precision precision) {
    this.precision = precision;
  }

  /** What a network computes, and how often its blocks have waited for each other meanwhile. */
  private record Computed(float[] logits, float[] gradients, int launches) {}

  private static <T> T choosing(String choice, Supplier<T> work) {
    Optional<String> before = Optional.ofNullable(System.getProperty(RecurrenceChoice.PROPERTY));
    System.setProperty(RecurrenceChoice.PROPERTY, choice);
    try {
      return work.get();
    } finally {
      before.ifPresentOrElse(
          value -> System.setProperty(RecurrenceChoice.PROPERTY, value),
          () -> System.clearProperty(RecurrenceChoice.PROPERTY));
    }
  }

  private CudaDriver countingDriver() {
    return WatchedDriver.of(
        found.driver(),
        (method, _) -> {
          if (method.equals("launchTogether")) {
            launches.incrementAndGet();
          }
        });
  }

  private Engine open(CudaDevice device) {
    return CudaEngine.open(countingDriver(), device, precision);
  }

  private Computed compute(CudaDevice device, int layers, int hidden, int rows, int steps) {
    var parameters =
        Initialization.UNIFORM.parameters(LstmArchitecture.of(layers, hidden), VOCABULARY, 3);
    int tokens = rows * steps;
    int[] ids = new SplittableRandom(1).ints(tokens, 0, VOCABULARY).toArray();
    float[] logits = new float[tokens * VOCABULARY];
    float[] gradients = new float[parameters.count()];
    launches.set(0);
    try (Engine engine = open(device);
        Network network = engine.network(parameters);
        NetworkState state = network.state(rows)) {
      network.forward(ids, steps, state, logits);
      TrainingStep step = new TrainingStep(1, 0.01, 0.3, 1, 7, Adam.DEFAULT);
      network.gradients(new Batch(rows, steps, ids, ids), state, step, gradients);
    }
    return new Computed(logits, gradients, launches.get());
  }

  /** A launch for each layer: in the forward pass alone, and in both of the gradients. */
  @ParameterizedTest
  @CsvSource({"1,37,5,9", "2,24,7,8", "1,70,2,2", "2,3,33,3"})
  void givesTheSameInOneLaunch(int layers, int hidden, int rows, int steps) {
    CudaDevice device = found.device();
    Computed expected = choosing("steps", () -> compute(device, layers, hidden, rows, steps));
    Computed actual = choosing("persistent", () -> compute(device, layers, hidden, rows, steps));
    assertEquals(0, expected.launches());
    assertEquals(3 * layers, actual.launches());
    compare(expected, actual);
    Comparisons.bits();
  }

  /** On tensor cores the parts of a gradient's sum are added otherwise. */
  private void compare(Computed expected, Computed actual) {
    // A tensor core may round within a product as it likes, and the two exchange its factors.
    boolean strict = precision == Precision.FP32;
    boolean exact = strict || found.device().name().equals(Emulation.DEVICE);
    assertSame(exact ? 0 : 1e-4f, expected.logits(), actual.logits());
    assertSame(strict ? 0 : exact ? 1e-5f : 1e-4f, expected.gradients(), actual.gradients());
  }

  private static void assertSame(float tolerance, float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource({"8,3", "7,0"})
  void takesOneLaunchWhereThereAreStepsEnough(int steps, int launches) {
    assertEquals(
        launches, choosing("auto", () -> compute(found.device(), 1, 9, 2, steps)).launches());
  }

  private static CudaDevice like(
      CudaDevice real, int multiprocessors, int sharedMemory, boolean cooperative) {
    return new CudaDevice(
        real.ordinal(),
        "small",
        real.capability(),
        real.memory(),
        multiprocessors,
        sharedMemory,
        cooperative,
        false);
  }

  @Test
  void goesStepByStepWhereBlocksMayNotWaitForEachOther() {
    CudaDevice real = found.device();
    CudaDevice apart = like(real, real.multiprocessors(), real.sharedMemory(), false);
    Computed expected = choosing("steps", () -> compute(real, 1, 30, 3, 9));
    Computed actual = choosing("auto", () -> compute(apart, 1, 30, 3, 9));
    assertEquals(0, actual.launches());
    compare(expected, actual);
  }

  /** The last launch has fewer rows than the others. */
  @ParameterizedTest
  @CsvSource({"2,37,150,3"})
  void givesTheSameInLaunchesOfSomeRowsEach(int layers, int hidden, int rows, int steps) {
    CudaDevice real = found.device();
    CudaDevice small = like(real, 4, 163 << 10, true);
    Computed expected = choosing("steps", () -> compute(real, layers, hidden, rows, steps));
    Computed actual = choosing("persistent", () -> compute(small, layers, hidden, rows, steps));
    assertTrue(actual.launches() > 3 * layers, () -> "launches " + actual.launches());
    compare(expected, actual);
    Comparisons.bits();
  }

  @Test
  void goesStepByStepWhereItDoesNotFit() {
    CudaDevice real = found.device();
    CudaDevice small = like(real, 1, 1 << 10, true);
    Computed expected = choosing("steps", () -> compute(real, 1, 30, 3, 9));
    Computed actual = choosing("auto", () -> compute(small, 1, 30, 3, 9));
    assertEquals(0, actual.launches());
    compare(expected, actual);
    var failure =
        assertThrows(
            IllegalStateException.class,
            () -> choosing("persistent", () -> compute(small, 1, 30, 3, 9)));
    assertTrue(failure.getMessage().contains("30 units and 3 rows"), failure::getMessage);
    assertTrue(failure.getMessage().contains(RecurrenceChoice.PROPERTY), failure::getMessage);
  }

  @Test
  void refusesWhatIsNoChoice() {
    assertThrows(
        IllegalArgumentException.class, () -> choosing("always", () -> open(found.device())));
  }
}
