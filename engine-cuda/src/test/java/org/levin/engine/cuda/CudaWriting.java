package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
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
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.ParameterType;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** One step after the other, as when texts are written, beside all steps at once. */
abstract class CudaWriting {
  private static final int VOCABULARY = 11;

  private final Precision precision;

  CudaWriting(Precision precision) {
    this.precision = precision;
  }

  private static Parameters parameters(int layers, int hidden, int vocabulary) {
    return Initialization.UNIFORM.parameters(LstmArchitecture.of(layers, hidden), vocabulary, 5);
  }

  private static int[] ids(int count, int vocabulary) {
    return new SplittableRandom(count).ints(count, 0, vocabulary).toArray();
  }

  /** Returns the logits {@code [B,T,V]}, of one step after the other. */
  private static float[] written(Network network, NetworkState state, int[] ids, int vocabulary) {
    int rows = state.rows();
    int steps = ids.length / rows;
    float[] all = new float[ids.length * vocabulary];
    for (int t = 0; t < steps; t++) {
      int step = t;
      int[] inputs = IntStream.range(0, rows).map(b -> ids[b * steps + step]).toArray();
      float[] logits = new float[rows * vocabulary];
      network.forward(inputs, 1, state, logits);
      for (int b = 0; b < rows; b++) {
        System.arraycopy(logits, b * vocabulary, all, (b * steps + t) * vocabulary, vocabulary);
      }
    }
    return all;
  }

  /** Factors are rounded alike, and only the order of sums differs. */
  private void assertClose(float[] expected, float[] actual) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    // A value close to the middle between two others is rounded to either.
    double tolerance = precision == Precision.BF16 ? 1e-3 : 1e-4;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * largest, "value " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1,2",
    "1,2,3,5",
    "2,7,1,83",
    "2,33,5,9",
    "3,37,9,17",
    "1,64,8,8",
    "2,130,2,1",
    "1,515,1,3",
    "1,520,2,3"
  })
  void givesTheNumbersOfTheWholeTextAtOnce(int layers, int hidden, int rows, int vocabulary) {
    int steps = hidden > 500 ? 3 : 9;
    int[] ids = ids(rows * steps, vocabulary);
    try (Engine engine = CudaContract.open(precision);
        Network network = engine.network(parameters(layers, hidden, vocabulary));
        NetworkState whole = network.state(rows);
        NetworkState single = network.state(rows)) {
      float[] expected = new float[ids.length * vocabulary];
      network.forward(ids, steps, whole, expected);
      float[] actual = written(network, single, ids, vocabulary);
      assertClose(expected, actual);
      assertClose(whole.hidden(), single.hidden());
      assertClose(whole.cell(), single.cell());
    }
  }

  /** More than eight rows are the work of several blocks. */
  @ParameterizedTest
  @CsvSource({"2", "7", "8", "9", "17", "64"})
  void aRowHasTheSameBitsInAnyCompany(int rows) {
    int steps = 2;
    int[] ids = ids(rows * steps, VOCABULARY);
    int each = steps * VOCABULARY;
    try (Engine engine = CudaContract.open(precision);
        Network network = engine.network(parameters(2, 21, VOCABULARY));
        NetworkState together = network.state(rows)) {
      float[] all = written(network, together, ids, VOCABULARY);
      for (int row = 0; row < rows; row++) {
        try (NetworkState alone = network.state(1)) {
          int[] own = Arrays.copyOfRange(ids, row * steps, (row + 1) * steps);
          assertArrayEquals(
              Arrays.copyOfRange(all, row * each, (row + 1) * each),
              written(network, alone, own, VOCABULARY),
              "row " + row);
        }
      }
      Comparisons.bits();
    }
  }

  @Test
  void theSameCallsGiveTheSameBits() {
    int[] ids = ids(12, VOCABULARY);
    float[][] logits = new float[2][];
    for (int i = 0; i < logits.length; i++) {
      try (Engine engine = CudaContract.open(precision);
          Network network = engine.network(parameters(2, 40, VOCABULARY));
          NetworkState state = network.state(3)) {
        logits[i] = written(network, state, ids, VOCABULARY);
        state.reset();
        assertArrayEquals(logits[i], written(network, state, ids, VOCABULARY));
      }
    }
    assertArrayEquals(logits[0], logits[1]);
    Comparisons.bits();
  }

  /** The two places of the hidden state have been exchanged, or not. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void theStateGoesOnWithWhateverComesNext(int steps) {
    int[] ids = ids(2 * steps, VOCABULARY);
    Batch batch = new Batch(2, 4, ids(8, VOCABULARY), ids(8, VOCABULARY));
    TrainingStep step = new TrainingStep(1, 0.1, 0.3, 1, 7, Adam.DEFAULT);
    try (Engine engine = CudaContract.open(precision);
        Network network = engine.network(parameters(2, 13, VOCABULARY));
        Network twin = engine.network(parameters(2, 13, VOCABULARY));
        NetworkState state = network.state(2);
        NetworkState other = twin.state(2)) {
      network.loss(batch, state);
      written(network, state, ids, VOCABULARY);
      other.set(state.hidden(), state.cell());
      assertEquals(network.loss(batch, state), twin.loss(batch, other));
      written(network, state, ids, VOCABULARY);
      other.set(state.hidden(), state.cell());
      assertEquals(network.train(batch, state, step), twin.train(batch, other, step));
      assertArrayEquals(
          written(network, state, ids, VOCABULARY), written(twin, other, ids, VOCABULARY));
      assertArrayEquals(state.hidden(), other.hidden());
      state.reset();
      assertArrayEquals(new float[2 * 2 * 13], state.hidden());
      Comparisons.bits();
    }
  }

  /** What a network has learned is what it writes with. */
  @Test
  void writesWithTheWeightsOfNow() {
    int[] ids = ids(6, VOCABULARY);
    Batch batch = new Batch(1, 6, ids, ids);
    try (Engine engine = CudaContract.open(precision);
        Network network = engine.network(parameters(2, 9, VOCABULARY));
        NetworkState state = network.state(1)) {
      float[] before = written(network, state, ids, VOCABULARY);
      network.train(batch, state, new TrainingStep(1, 0.1, 0, 1, 7, Adam.DEFAULT));
      state.reset();
      float[] after = written(network, state, ids, VOCABULARY);
      assertFalse(Arrays.equals(before, after), "it writes with what was");
      try (Network other = engine.network(network.parameters());
          NetworkState fresh = other.state(1)) {
        assertArrayEquals(after, written(other, fresh, ids, VOCABULARY));
      }
    }
  }

  @Test
  void aStepIsALaunchForEachLayerOneForTheLogitsAndAWait() {
    DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
    List<String> calls = new CopyOnWriteArrayList<>();
    CudaDriver counting = WatchedDriver.of(found.driver(), (method, _) -> calls.add(method));
    try (Engine engine = CudaEngine.open(counting, found.device(), precision);
        Network network = engine.network(parameters(3, 9, VOCABULARY));
        NetworkState state = network.state(2)) {
      calls.clear();
      network.forward(new int[2], 1, state, new float[2 * VOCABULARY]);
      assertEquals(List.of("launch", "launch", "launch", "launch", "synchronize"), calls);
    }
  }

  /** Too many logits for the memory in which they arrive. */
  @Test
  void whatDoesNotFitGoesTheWayOfWholeTexts() {
    int vocabulary = 70_000;
    try (CudaEngine engine = (CudaEngine) CudaContract.open(precision);
        Network wide = engine.network(parameters(1, 1, vocabulary));
        NetworkState many = wide.state(16);
        NetworkState few = wide.state(1)) {
      int before = engine.takenMemory();
      float[] one = new float[vocabulary];
      wide.forward(new int[] {3}, 1, few, one);
      assertEquals(before, engine.takenMemory(), "it takes no memory");
      float[] all = new float[16 * vocabulary];
      int[] same = new int[16];
      Arrays.fill(same, 3);
      wide.forward(same, 1, many, all);
      assertTrue(engine.takenMemory() > before, "it takes memory");
      assertClose(one, Arrays.copyOf(all, vocabulary));
    }
  }

  @Test
  void moreRowsThanAreWrittenAtOnceGoTheWayOfWholeTexts() {
    int rows = ParameterType.ROWS + 1;
    try (CudaEngine engine = (CudaEngine) CudaContract.open(precision);
        Network network = engine.network(parameters(1, 5, VOCABULARY));
        NetworkState many = network.state(rows);
        NetworkState few = network.state(1)) {
      float[] one = new float[VOCABULARY];
      network.forward(new int[] {3}, 1, few, one);
      int before = engine.takenMemory();
      float[] all = new float[rows * VOCABULARY];
      int[] same = new int[rows];
      Arrays.fill(same, 3);
      network.forward(same, 1, many, all);
      assertTrue(engine.takenMemory() > before, "it takes memory");
      assertClose(one, Arrays.copyOfRange(all, all.length - VOCABULARY, all.length));
    }
  }
}
