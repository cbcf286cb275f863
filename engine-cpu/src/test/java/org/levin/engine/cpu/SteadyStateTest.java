package org.levin.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** Once warm, a step of training allocates next to nothing. */
class SteadyStateTest {
  private static final int VOCABULARY = 61;
  private static final int ROWS = 9;
  private static final int STEPS = 31;
  private static final int LIMIT = 16_384;

  /** Vectors are objects until the compiler has done its work; give it time, but not for ever. */
  private static final int ROUNDS = 200;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Kernels> kernels() {
    return Stream.of(new PlainKernels(), new VectorKernels());
  }

  /**
   * Arrays that a step forgot to keep are larger than the limit where they grow with the batch, and
   * so are the vectors of a kernel that the compiler could not keep in registers.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void aStepOfTrainingAllocatesNextToNothing(Kernels kernels) {
    Batch batch = batch();
    try (var engine = new CpuEngine(new EngineOptions(1), kernels);
        Network network =
            engine.network(
                Initialization.UNIFORM.parameters(LstmArchitecture.of(2, 37), VOCABULARY, 3));
        NetworkState state = network.state(ROWS)) {
      AtomicInteger step = new AtomicInteger();
      long bytes =
          steady(
              20,
              LIMIT,
              () ->
                  network.train(
                      batch,
                      state,
                      new TrainingStep(step.incrementAndGet(), 1e-3, 0.3, 1, 7, Adam.DEFAULT)));
      assertTrue(bytes < LIMIT, bytes + " bytes a step on " + kernels.description());
    }
  }

  /** Compiled, the matrix kernels keep their vectors in registers. */
  @Test
  void theMatrixKernelsMakeNoObjectOfAVector() {
    Kernels kernels = new VectorKernels();
    int width = kernels.panelWidth();
    int depth = 64;
    float[] a = new float[depth * Kernels.TILE_ROWS];
    float[] b = new float[depth * width * Kernels.ROW_PANELS];
    float[] c = new float[Kernels.TILE_ROWS * Kernels.ROW_PANELS * width];
    long tile = steady(5_000, 64, () -> kernels.tile(a, 0, b, 0, c, 0, width, depth));
    long row = steady(5_000, 64, () -> kernels.row(a, 0, b, 0, depth * width, c, 0, depth));
    assertTrue(tile < 64, tile + " bytes a tile");
    assertTrue(row < 64, row + " bytes a row");
  }

  /**
   * Returns the bytes that a call allocates, after as many rounds of {@code calls} as it takes to
   * come below {@code limit}, or after the last.
   */
  private long steady(int calls, long limit, Runnable call) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= limit; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / calls);
    }
    return least;
  }

  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(1);
    return new Batch(
        ROWS,
        STEPS,
        random.ints(ROWS * STEPS, 0, VOCABULARY).toArray(),
        random.ints(ROWS * STEPS, 0, VOCABULARY).toArray());
  }
}
