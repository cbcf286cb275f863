package org.levin.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.contract.Comparisons;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.plain.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;

/**
 * One seed, one result: neither threads nor kernels nor the width of vectors nor the company in a
 * batch nor the cutting of a text change a bit.
 */
class SameBitsTest {
  static Stream<Arguments> kernelsThreadsAndSizes() {
    List<Arguments> cases = new ArrayList<>();
    for (Kernels kernels : List.of(new PlainKernels(), new VectorKernels())) {
      for (int threads : new int[] {1, 2, 3, 5}) {
        for (int hidden : BitsProbe.HIDDEN) {
          cases.add(Arguments.of(kernels, threads, hidden));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("kernelsThreadsAndSizes")
  void kernelsAndThreadsChangeNothing(Kernels kernels, int threads, int hidden) {
    assertArrayEquals(
        BitsProbe.train(new PlainKernels(), 1, hidden), BitsProbe.train(kernels, threads, hidden));
    Comparisons.bits();
  }

  /** 16 bytes are SSE's vectors, 32 those of AVX2; what the machine has is the case above. */
  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void theWidthOfVectorsChangesNothing(int bytes) throws IOException, InterruptedException {
    String output =
        ChildJvm.run(
            BitsProbe.class, "--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
    int machine = Integer.parseInt(new VectorKernels().description().replaceAll("[^0-9]", ""));
    int bits = Math.min(machine, 8 * bytes);
    assertTrue(output.contains("kernels: Vector API, " + bits + "-bit"), output);
    assertTrue(output.contains("digest: " + BitsProbe.digest(new VectorKernels(), 1)), output);
    Comparisons.bits();
  }

  @Test
  void aJvmWithoutTheVectorModuleGivesTheSameBits() throws IOException, InterruptedException {
    String output = ChildJvm.run(BitsProbe.class);
    assertTrue(output.contains("kernels: plain Java"), output);
    assertTrue(output.contains("digest: " + BitsProbe.digest(new VectorKernels(), 1)), output);
    Comparisons.bits();
  }

  static Stream<Kernels> kernels() {
    return Stream.of(new PlainKernels(), new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aRowAloneHasTheNumbersThatItHasInABatch(Kernels kernels) {
    int rows = 7;
    int steps = 5;
    int[] inputs = BitsProbe.ids(rows * steps, 3);
    try (var engine = new CpuEngine(new EngineOptions(2), kernels);
        Network network = engine.network(BitsProbe.parameters(33));
        NetworkState together = network.state(rows);
        NetworkState alone = network.state(1)) {
      float[] all = new float[rows * steps * BitsProbe.VOCABULARY];
      network.forward(inputs, steps, together, all);
      for (int row = 0; row < rows; row++) {
        alone.reset();
        float[] own = new float[steps * BitsProbe.VOCABULARY];
        network.forward(
            Arrays.copyOfRange(inputs, row * steps, (row + 1) * steps), steps, alone, own);
        int from = row * own.length;
        assertArrayEquals(Arrays.copyOfRange(all, from, from + own.length), own, "row " + row);
        Comparisons.bits();
      }
    }
  }

  /**
   * A wide network is shared out by units, not by rows. Some steps go through a layer together:
   * here eleven and a rest of five, and, with many rows, each alone.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void threadsThatShareUnitsTrainTheSame(Kernels kernels) {
    for (int[] batch : new int[][] {{11, 60}, {130, 3}}) {
      float[] expected = BitsProbe.train(new PlainKernels(), 1, 259, batch[0], batch[1]);
      for (int threads : new int[] {1, 2, 3, 5}) {
        float[] trained = BitsProbe.train(kernels, threads, 259, batch[0], batch[1]);
        assertArrayEquals(expected, trained, threads + " threads, " + batch[0] + " rows");
        Comparisons.bits();
      }
    }
  }

  /** Few rows too. */
  @ParameterizedTest
  @MethodSource("kernels")
  void threadsThatShareUnitsOfFewRowsChangeNothing(Kernels kernels) {
    int steps = 3;
    for (int rows : new int[] {1, 2, 5, 9}) {
      int[] inputs = BitsProbe.ids(rows * steps, 5);
      float[] expected = logits(new PlainKernels(), 1, rows, steps, inputs);
      for (int threads : new int[] {2, 3, 5}) {
        assertArrayEquals(expected, logits(kernels, threads, rows, steps, inputs));
        Comparisons.bits();
      }
    }
  }

  private static float[] logits(Kernels kernels, int threads, int rows, int steps, int... inputs) {
    float[] logits = new float[rows * steps * BitsProbe.VOCABULARY];
    try (var engine = new CpuEngine(new EngineOptions(threads), kernels);
        Network network = engine.network(BitsProbe.parameters(259));
        NetworkState state = network.state(rows)) {
      network.forward(inputs, steps, state, logits);
    }
    return logits;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aTextWholeHasTheNumbersOfItsPieces(Kernels kernels) {
    int length = 60;
    int[] text = BitsProbe.ids(length, 4);
    try (var engine = new CpuEngine(new EngineOptions(2), kernels);
        Network network = engine.network(BitsProbe.parameters(37));
        NetworkState state = network.state(1)) {
      float[] whole = new float[length * BitsProbe.VOCABULARY];
      network.forward(text, length, state, whole);
      for (int piece : new int[] {1, 7, 30}) {
        state.reset();
        for (int from = 0; from < length; from += piece) {
          int count = Math.min(piece, length - from);
          float[] logits = new float[count * BitsProbe.VOCABULARY];
          network.forward(Arrays.copyOfRange(text, from, from + count), count, state, logits);
          int at = from * BitsProbe.VOCABULARY;
          assertArrayEquals(Arrays.copyOfRange(whole, at, at + logits.length), logits);
        }
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
}
