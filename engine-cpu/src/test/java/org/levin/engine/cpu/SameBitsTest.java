package org.levin.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.contract.Comparisons;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** One seed, one result: neither threads nor kernels nor the company in a batch change a bit. */
class SameBitsTest {
  private static final int VOCABULARY = 29;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void anyNumberOfThreadsGivesTheSameParameters(int threads) {
    assertArrayEquals(
        train(new VectorKernels(), 1, 13, 11), train(new VectorKernels(), threads, 13, 11));
    Comparisons.bits();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 37, 67})
  void bothTwinsGiveTheSameParameters(int hidden) {
    assertArrayEquals(
        train(new PlainKernels(), 1, hidden, 6), train(new VectorKernels(), 2, hidden, 6));
    Comparisons.bits();
  }

  @Test
  void aRowAloneHasTheNumbersThatItHasInABatch() {
    int rows = 7;
    int steps = 5;
    int[] inputs = ids(rows * steps, 3);
    try (var engine = new CpuEngine(new EngineOptions(2), new VectorKernels());
        Network network = engine.network(parameters(33));
        NetworkState together = network.state(rows);
        NetworkState alone = network.state(1)) {
      float[] all = new float[rows * steps * VOCABULARY];
      network.forward(inputs, steps, together, all);
      for (int row = 0; row < rows; row++) {
        alone.reset();
        float[] own = new float[steps * VOCABULARY];
        network.forward(
            java.util.Arrays.copyOfRange(inputs, row * steps, (row + 1) * steps),
            steps,
            alone,
            own);
        int from = row * steps * VOCABULARY;
        assertArrayEquals(
            java.util.Arrays.copyOfRange(all, from, from + own.length), own, "row " + row);
        Comparisons.bits();
      }
    }
  }

  @Test
  void theRowsOfABatchAreDividedWithoutLoss() {
    for (int rows = 1; rows < 40; rows++) {
      for (int parts = 1; parts < 6; parts++) {
        int next = 0;
        for (RowRange range : RowRange.divide(rows, parts)) {
          assertEquals(next, range.from());
          next = range.to();
        }
        assertEquals(rows, next);
      }
    }
  }

  private static Parameters parameters(int hidden) {
    return Initialization.UNIFORM.parameters(LstmArchitecture.of(2, hidden), VOCABULARY, 11);
  }

  private static int[] ids(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.generate(() -> random.nextInt(VOCABULARY)).limit(count).toArray();
  }

  private static float[] train(Kernels kernels, int threads, int hidden, int rows) {
    int steps = 9;
    try (var engine = new CpuEngine(new EngineOptions(threads), kernels);
        Network network = engine.network(parameters(hidden));
        NetworkState state = network.state(rows)) {
      for (int t = 1; t <= 4; t++) {
        Batch batch = new Batch(rows, steps, ids(rows * steps, t), ids(rows * steps, -t));
        network.train(batch, state, new TrainingStep(t, 1e-2, 0.3, 0.5, 7, Adam.DEFAULT));
      }
      return network.parameters().toArray();
    }
  }
}
