package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(),
            new Class<?>[] {CudaDriver.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("launchTogether")) {
                launches.incrementAndGet();
              }
              try {
                return method.invoke(found.driver(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
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
  @CsvSource({"1,37,5,9", "2,24,7,8", "1,70,2,1", "2,3,33,3"})
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
    assertArrayEquals(expected.logits(), actual.logits());
    float tolerance = precision == Precision.FP32 ? 0 : 1e-5f;
    for (int i = 0; i < expected.gradients().length; i++) {
      assertEquals(expected.gradients()[i], actual.gradients()[i], tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource({"8,3", "7,0"})
  void takesOneLaunchWhereThereAreStepsEnough(int steps, int launches) {
    assertEquals(
        launches, choosing("auto", () -> compute(found.device(), 1, 9, 2, steps)).launches());
  }

  private static CudaDevice small(CudaDevice real, int multiprocessors, int sharedMemory) {
    return new CudaDevice(
        real.ordinal(), "small", real.capability(), real.memory(), multiprocessors, sharedMemory);
  }

  /** The last launch has fewer rows than the others. */
  @ParameterizedTest
  @CsvSource({"2,37,150,3"})
  void givesTheSameInLaunchesOfSomeRowsEach(int layers, int hidden, int rows, int steps) {
    CudaDevice real = found.device();
    CudaDevice small = small(real, 4, 163 << 10);
    Computed expected = choosing("steps", () -> compute(real, layers, hidden, rows, steps));
    Computed actual = choosing("persistent", () -> compute(small, layers, hidden, rows, steps));
    assertTrue(actual.launches() > 3 * layers, () -> "launches " + actual.launches());
    compare(expected, actual);
    Comparisons.bits();
  }

  @Test
  void goesStepByStepWhereItDoesNotFit() {
    CudaDevice real = found.device();
    CudaDevice small = small(real, 1, 1 << 10);
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
