package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.corpus.Batch;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.driver.UploadBuffer;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;

/** Sums that many blocks share, beside those of one loop, over whichever driver there is. */
abstract class CudaSums {
  /** What may lie between a float and the sum that it was rounded from, relative to all terms. */
  private static final double FLOAT = 1e-6;

  private final DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
  private final DeviceContext context = new DeviceContext(found.driver(), found.device());
  private final KernelLibrary library = new KernelLibrary(context, Precision.FP32);
  private final DeviceScope scope = new DeviceScope(context);

  @AfterEach
  void close() {
    scope.close();
    library.close();
    context.close();
  }

  private static float[] random(int size, int seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private DeviceMemory floats(float... values) {
    DeviceMemory memory = scope.floats(values.length);
    context.upload(values, memory.address());
    return memory;
  }

  private long doubles(double... values) {
    UploadBuffer memory = new UploadBuffer(values.length * Double.BYTES, scope);
    memory.contents().asDoubleBuffer().put(values);
    memory.upload();
    return memory.address();
  }

  private float[] read(DeviceMemory memory) {
    float[] values = new float[(int) memory.bytes() / Float.BYTES];
    context.download(memory.address(), values, 0, values.length);
    return values;
  }

  private LaunchList list() {
    LaunchList list = new LaunchList(library);
    return scope.add(list, list::close);
  }

  /** Runs a list twice, which has to give the same bits, and returns what it wrote. */
  private float[] ranTwice(LaunchList list, DeviceMemory written) {
    list.run();
    float[] once = read(written);
    list.run();
    assertArrayEquals(once, read(written), "not the same again");
    return once;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,83", "7,31", "8,33", "255,2", "256,32", "257,83", "509,1", "1021,65", "2053,20"
  })
  void columnsAreAddedUpInDoublePrecision(int rows, int columns) {
    float[] values = random(rows * columns, 3);
    DeviceMemory target = floats(new float[columns]);
    DeviceMemory copy = floats(new float[columns]);
    DeviceMemory partials = scope.allocate(ColumnSums.partialBytes(rows, columns));
    LaunchList list = list();
    ColumnSums.add(
        list,
        target.address(),
        copy.address(),
        floats(values).address(),
        rows,
        columns,
        partials.address());
    float[] sums = ranTwice(list, target);
    assertArrayEquals(sums, read(copy));
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += values[row * columns + column];
      }
      assertEquals(sum, sums[column], 1e-12 + Math.ulp((float) sum), "column " + column);
    }
  }

  @Test
  void aCopyOfTheColumnsSumsIsLeftOutIfNobodyWantsIt() {
    DeviceMemory target = floats(new float[3]);
    DeviceMemory partials = scope.allocate(ColumnSums.partialBytes(2, 3));
    LaunchList list = list();
    long values = floats(1, 2, 3, 4, 5, 6).address();
    ColumnSums.add(list, target.address(), 0L, values, 2, 3, partials.address());
    assertArrayEquals(new float[] {5, 7, 9}, ranTwice(list, target));
  }

  /** As a text has them: some often, some seldom, some never. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,4",
    "1,1,83,28",
    "5,7,13,36",
    "3,43,2,260",
    "1,64,1,8",
    "2,64,5,148",
    "6,190,83,20"
  })
  void gradientsOfSymbolsAreSumsOverTheirTokens(int rows, int steps, int symbols, int gates) {
    checkSymbols(rows, steps, symbols, gates, (token, any) -> any % (1 + any % symbols));
  }

  @ParameterizedTest
  @CsvSource({"0", "4", "8"})
  void oneSymbolMayHaveAllTokens(int symbol) {
    checkSymbols(3, 101, 9, 12, (token, any) -> symbol);
  }

  /** A symbol begins where a piece does. */
  @Test
  void symbolsMayFillWholePieces() {
    checkSymbols(1, 256, 6, 12, (token, any) -> token / 64 + 1);
  }

  private void checkSymbols(
      int rows, int steps, int symbols, int gates, IntBinaryOperator symbolOf) {
    int tokens = rows * steps;
    var random = new SplittableRandom(7);
    int[] ids = new int[tokens];
    Arrays.setAll(ids, token -> symbolOf.applyAsInt(token, random.nextInt(1 << 20)));
    TokenBlock block = new TokenBlock(rows, steps, symbols, scope);
    block.put(new Batch(rows, steps, ids, ids));
    float[] dGates = random(tokens * gates, 5);
    DeviceMemory target = floats(new float[gates * symbols]);
    DeviceMemory partials = scope.allocate(SymbolGradient.partialBytes(tokens, symbols, gates));
    LaunchList list = list();
    SymbolGradient.add(
        list,
        target.address(),
        floats(dGates).address(),
        block,
        tokens,
        symbols,
        gates,
        partials.address());
    float[] gradient = ranTwice(list, target);
    for (int gate = 0; gate < gates; gate++) {
      double[] sums = new double[symbols];
      double[] terms = new double[symbols];
      for (int t = 0; t < steps; t++) {
        for (int b = 0; b < rows; b++) {
          float value = dGates[(t * rows + b) * gates + gate];
          sums[ids[b * steps + t]] += value;
          terms[ids[b * steps + t]] += Math.abs(value);
        }
      }
      for (int symbol = 0; symbol < symbols; symbol++) {
        float actual = gradient[gate * symbols + symbol];
        String place = "gate %d of symbol %d".formatted(gate, symbol);
        assertEquals(sums[symbol], actual, FLOAT * terms[symbol], place);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 256, 257, 2048, 2049, 12_809})
  void lossesAreAddedUpByOneBlock(int tokens) {
    double[] losses = new SplittableRandom(2).doubles(tokens, 0, 4).toArray();
    DeviceMemory outcome = scope.allocate(StepOutcome.BYTES);
    LaunchList list = list();
    Grid block = new Grid(1, 1, Kernel.THREADS);
    list.add(Kernel.LOSS_SUM, block, outcome.address(), doubles(losses), tokens);
    list.run();
    double sum = StepOutcome.read(context, outcome).lossSum();
    list.run();
    assertEquals(sum, StepOutcome.read(context, outcome).lossSum(), "not the same again");
    assertEquals(Arrays.stream(losses).sum(), sum, 1e-13 * sum);
  }
}
