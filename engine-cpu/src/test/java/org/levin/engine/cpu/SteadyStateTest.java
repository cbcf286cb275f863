package org.levin.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;
import org.levin.engine.cpu.plain.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** Once warm, a step of training allocates nothing but its result and a few small records. */
class SteadyStateTest {
  private static final int VOCABULARY = 61;
  private static final int ROWS = 9;
  private static final int STEPS = 31;
  private static final int LIMIT = 1_024;

  /** Vectors are objects until the compiler has done its work; give it time, but not for ever. */
  private static final int ROUNDS = 200;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Kernels> kernels() {
    return Stream.of(new PlainKernels(), new VectorKernels());
  }

  /** What grows with the batch, and a vector that the compiler boxed, is more than the limit. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aStepOfTrainingAllocatesNothingThatGrows(Kernels kernels) {
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
  @ParameterizedTest
  @MethodSource("kernels")
  void productsAllocateNothing(Kernels kernels) {
    int depth = 64;
    int columns = 100;
    PackedMatrix b = kernels.matrix(depth, 1, columns);
    int width = kernels.stripWidth(columns);
    int strips = Math.ceilDiv(columns, width);
    MatrixProduct product = kernels.product();
    for (int rows : new int[] {1, 4, 5, 7, 12}) {
      PackedRows a = new PackedRows(rows, depth);
      float[] c = new float[strips * rows * width];
      long bytes = steady(5_000, 64, () -> product.add(a, b, 0, 1, strips, c, 0, rows * width));
      assertTrue(bytes < 64, bytes + " bytes a product of " + rows + " rows");
    }
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
