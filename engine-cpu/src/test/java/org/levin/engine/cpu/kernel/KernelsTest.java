package org.levin.engine.cpu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.engine.Adam;
import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.plain.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;

/** Each kernel against a loop that anyone can read, to the bit. */
class KernelsTest {
  static Stream<Kernels> kernels() {
    return Stream.of(new PlainKernels(), new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aProductIsOneChainOfMultiplyAddsPerElement(Kernels kernels) {
    int[][] sizes = {
      {1, 1, 1},
      {2, 9, 70},
      {3, 5, 7},
      {4, 16, 16},
      {5, 513, 17},
      {6, 512, 64},
      {7, 600, 83},
      {11, 33, 40},
      {13, 1100, 83},
      {50, 37, 148},
      {67, 1030, 33},
      {3, 5, 1100}
    };
    for (int[] size : sizes) {
      Sides sides = new Sides(kernels, size[0], size[1], size[2]);
      PackedMatrix b = kernels.matrix(sides.depth, 1, sides.columns);
      b.packRows(sides.b, 0, sides.columns, 0, sides.depth);
      int step = sides.strips > 1 ? 2 : 1;
      for (int from = 0; from < step; from++) {
        // Every other strip, and then those between.
        int strips = Math.ceilDiv(sides.strips - from, step);
        kernels
            .product()
            .add(
                sides.packed,
                b,
                from,
                step,
                strips,
                sides.c,
                from * sides.strip(),
                step * sides.strip());
      }
      sides.assertMultiplied();
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aProductWithStripsAsTheyWereComputedIsTheSame(Kernels kernels) {
    for (int[] size : new int[][] {{1, 7, 20}, {8, 300, 83}, {37, 65, 700}}) {
      Sides sides = new Sides(kernels, size[0], size[1], size[2]);
      int gap = 5;
      int stride = sides.depth * sides.width + gap;
      float[] strips = new float[sides.strips * stride + 3];
      for (int k = 0; k < sides.depth; k++) {
        for (int j = 0; j < sides.columns; j++) {
          int at = 3 + j / sides.width * stride + k * sides.width + j % sides.width;
          strips[at] = sides.b[k * sides.columns + j];
        }
      }
      kernels
          .product()
          .add(
              sides.packed,
              strips,
              3,
              stride,
              sides.width,
              sides.strips,
              sides.c,
              0,
              sides.strip());
      sides.assertMultiplied();
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void bothWaysOfPackingGiveTheSameMatrixInEverySegment(Kernels kernels) {
    for (int columns : new int[] {1, 15, 16, 33, 600}) {
      for (int depth : new int[] {1, 16, 37}) {
        int segments = 4;
        int all = segments * columns;
        float[] matrix = random(depth * all, 5);
        float[] transposed = new float[matrix.length];
        for (int k = 0; k < depth; k++) {
          for (int j = 0; j < all; j++) {
            transposed[j * depth + k] = matrix[k * all + j];
          }
        }
        PackedMatrix byRows = kernels.matrix(depth, segments, columns);
        byRows.packRows(matrix, 0, all, 0, depth);
        PackedMatrix byColumns = kernels.matrix(depth, segments, columns);
        int half = all / 2;
        byColumns.packColumns(transposed, 0, half, all);
        byColumns.packColumns(transposed, 0, 0, half);
        assertArrayEquals(matrix, unpacked(kernels, byRows, segments));
        assertArrayEquals(matrix, unpacked(kernels, byColumns, segments));
      }
    }
  }

  /** The matrix, as the unit matrix's product with it. */
  private static float[] unpacked(Kernels kernels, PackedMatrix matrix, int segments) {
    int depth = matrix.depth();
    int columns = matrix.columns() / segments;
    int width = kernels.stripWidth(columns);
    int strips = Math.ceilDiv(columns, width);
    PackedRows unit = new PackedRows(depth, depth);
    for (int k = 0; k < depth; k++) {
      unit.pack(k, k, 1, new float[] {1}, 0, 1);
    }
    float[] result = new float[segments * strips * depth * width];
    kernels.product().add(unit, matrix, 0, 1, segments * strips, result, 0, depth * width);
    float[] rows = new float[depth * matrix.columns()];
    for (int k = 0; k < depth; k++) {
      for (int j = 0; j < matrix.columns(); j++) {
        int strip = j / columns * strips + j % columns / width;
        rows[k * matrix.columns() + j] = result[(strip * depth + k) * width + j % columns % width];
      }
    }
    return rows;
  }

  /** Both sides of a product and what it is added to, in strips; and the same as plain matrices. */
  private static final class Sides {
    final int rows;
    final int depth;
    final int columns;
    final int width;
    final int strips;
    final float[] b;
    final PackedRows packed;
    final float[] c;
    private final float[] a;
    private final float[] expected;
    private final String name;

    Sides(Kernels kernels, int rows, int depth, int columns) {
      this.rows = rows;
      this.depth = depth;
      this.columns = columns;
      width = kernels.stripWidth(columns);
      strips = Math.ceilDiv(columns, width);
      name = kernels.description() + " " + rows + "x" + depth + "x" + columns;
      a = random(rows * depth, 1);
      b = random(depth * columns, 2);
      packed = new PackedRows(1, 1);
      packed.shape(rows, depth);
      int half = depth / 2;
      for (int row = 0; row < rows; row++) {
        packed.pack(row, half, depth - half, a, row * depth + half, 1);
        packed.pack(row, 0, half, a, row * depth, 1);
      }
      c = random(strips * strip(), 3);
      expected = c.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int k = 0; k < depth; k++) {
            expected[at(i, j)] = Math.fma(a[i * depth + k], b[k * columns + j], expected[at(i, j)]);
          }
        }
      }
    }

    int strip() {
      return rows * width;
    }

    private int at(int row, int column) {
      return column / width * strip() + row * width + column % width;
    }

    void assertMultiplied() {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          assertEquals(expected[at(i, j)], c[at(i, j)], name + " at " + i + ", " + j);
        }
      }
    }
  }

  @Test
  void panelsDifferByOneRowAtMost() {
    for (int rows = 1; rows < 200; rows++) {
      PackedRows packed = new PackedRows(rows, 3);
      int next = 0;
      for (int panel = 0; panel < packed.panels(); panel++) {
        assertEquals(next, packed.panelStart(panel));
        int difference = packed.panelRows(0) - packed.panelRows(panel);
        assertEquals(difference, Math.clamp(difference, 0, 1));
        next += packed.panelRows(panel);
      }
      assertEquals(rows, next);
      assertEquals(Math.ceilDiv(rows, PackedRows.PANEL_ROWS), packed.panels());
    }
  }

  /** Lines of strips: whole vectors, whatever the width. */
  private static final int[] COUNTS = {32, 64, 96, 320};

  @Test
  void theTwinsAgreeOnTheCell() {
    Kernels plain = new PlainKernels();
    Kernels vector = new VectorKernels();
    for (int size : COUNTS) {
      float[][] first = cells(size);
      float[][] second = cells(size);
      for (int i = 0; i < 2; i++) {
        float[][] x = i == 0 ? first : second;
        LstmCell cell = (i == 0 ? plain : vector).cell();
        cell.forward(x[0], 1, size, x[1], 2, x[2], 3, x[3], 4, size, 1, size, size);
        cell.backward(x[0], 1, size, x[1], 2, x[2], 3, x[4], x[5], x[6], 5, size);
      }
      for (int i = 0; i < first.length; i++) {
        boolean scratch = i == 4 || i == 5;
        if (!scratch) {
          assertArrayEquals(first[i], second[i], "array " + i + " of size " + size);
        }
      }
    }
  }

  /** Strips that lie side by side, as those of a single token, and others. */
  @ParameterizedTest
  @MethodSource("kernels")
  void theCellTakesSeveralStripsAsIfTheyCameOneByOne(Kernels kernels) {
    int count = 32;
    int strips = 3;
    int states = 2 * count;
    for (int step : new int[] {count, 3 * count}) {
      int gate = strips * step;
      float[][] together = cells(gate);
      float[][] alone = cells(gate);
      LstmCell cell = kernels.cell();
      float[][] x = together;
      cell.forward(x[0], 1, gate, x[1], 2, x[2], 3, x[3], 4, count, strips, step, states);
      x = alone;
      for (int s = 0; s < strips; s++) {
        int at = s * states;
        cell.forward(
            x[0], 1 + s * step, gate, x[1], 2 + at, x[2], 3 + at, x[3], 4 + at, count, 1, 0, 0);
      }
      for (int i = 0; i < x.length; i++) {
        assertArrayEquals(alone[i], together[i], "array " + i + ", strips " + step + " apart");
      }
    }
  }

  private static float[][] cells(int size) {
    float[][] x = new float[7][];
    for (int i = 0; i < x.length; i++) {
      x[i] = random(4 * size + 7, i);
    }
    x[0][1] = 60;
    x[0][1 + size] = -95;
    x[0][1 + 2 * size] = 1e-4f;
    x[0][1 + 3 * size] = -0f;
    return x;
  }

  @Test
  void theTwinsAgreeOnWhatGoesElementByElement() {
    for (int size : new int[] {1, 7, 8, 9, 16, 31, 64, 100}) {
      float[][] first = moments(size);
      float[][] second = moments(size);
      for (int i = 0; i < 2; i++) {
        float[][] x = i == 0 ? first : second;
        Kernels kernels = i == 0 ? new PlainKernels() : new VectorKernels();
        kernels.exponentials(x[0], 1, size, 0.25f);
        kernels.adam(
            x[1],
            x[2],
            x[3],
            x[4],
            1,
            size,
            new AdamFactors(0.7f, 0.9f, 0.1f, 0.99f, 0.01f, 0.02f, 1.5f, 1e-8f));
      }
      for (int i = 0; i < first.length; i++) {
        assertArrayEquals(first[i], second[i], "array " + i + " of size " + size);
      }
    }
  }

  private static float[][] moments(int size) {
    float[][] x = new float[5][];
    for (int i = 0; i < x.length; i++) {
      x[i] = random(size + 1, i);
    }
    for (int i = 0; i <= size; i++) {
      x[3][i] = Math.abs(x[3][i]);
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multipliesAndGathersLines(Kernels kernels) {
    int width = kernels.stripWidth(64);
    int count = 5 * width;
    float[] x = random(count + 9, 1);
    float[] y = random(count + 9, 2);
    float[] z = random(count + 9, 3);
    float[] product = z.clone();
    for (int i = 0; i < count; i++) {
      product[4 + i] = x[1 + i] * y[2 + i];
    }
    kernels.multiply(x, 1, y, 2, z, 4, count);
    assertArrayEquals(product, z);
    int[] lines = {9, 3, 0, 3, 2};
    float[] table = random(5 * width, 4);
    float[] gathered = z.clone();
    for (int i = 0; i < 3; i++) {
      System.arraycopy(table, 1 + lines[2 + i] * width, gathered, 7 + i * width, width);
    }
    kernels.gather(table, 1, lines, 2, 3, width, z, 7);
    assertArrayEquals(gathered, z);
  }

  @Test
  void theTwinsDrawTheSameMasks() {
    Kernels vector = new VectorKernels();
    int width = vector.stripWidth(64);
    for (long seed : new long[] {0, -1, 0x123456789ABCDEFL}) {
      for (double dropout : new double[] {0, 0.1, 0.5, 0.999}) {
        TrainingStep step = new TrainingStep((1L << 33) + 5, 1e-3, dropout, 5, seed, Adam.DEFAULT);
        DropoutMask mask = new DropoutMask(step);
        for (long position : new long[] {0, 4, 7, 5L * Integer.MAX_VALUE + 1, 1L << 34}) {
          for (int count : new int[] {width, width - 1, 3}) {
            float[] expected = random(width + 2, 1);
            float[] actual = expected.clone();
            mask.fill(2, 70_000, position, expected, 1, count);
            vector.dropout(step, mask, 2, 70_000, position, actual, 1, count);
            assertArrayEquals(expected, actual, seed + " " + dropout + " " + position);
          }
        }
      }
    }
  }

  @Test
  void aZeroGradientIsNotScaledToInfinity() {
    TrainingStep step = new TrainingStep(1, 1e-3, 0, 5, 1, Adam.DEFAULT);
    assertEquals(1f, AdamFactors.of(step, 0).gradientScale());
    assertEquals(0.5f, AdamFactors.of(step, 10).gradientScale(), 1e-6f);
  }

  private static float[] random(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-3, 3);
    }
    return values;
  }
}
