package org.levin.engine.cpu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
      {3, 5, 7},
      {4, 16, 16},
      {5, 513, 17},
      {8, 512, 64},
      {13, 600, 83},
      {50, 37, 148},
      {7, 5, 1100}
    };
    for (int[] size : sizes) {
      int rows = size[0];
      int depth = size[1];
      int columns = size[2];
      int stride = columns + 3;
      float[] a = random(rows * depth, 1);
      float[] b = random(depth * columns, 2);
      float[] c = random(rows * stride, 3);
      float[] expected = c.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int k = 0; k < depth; k++) {
            expected[i * stride + j] =
                Math.fma(a[i * depth + k], b[k * columns + j], expected[i * stride + j]);
          }
        }
      }
      PackedMatrix packed = kernels.matrix(depth, columns);
      packed.packRows(b, 0, columns, 0, depth);
      kernels.product().add(a, 0, depth, rows, packed, c, 0, stride);
      assertArrayEquals(
          expected, c, kernels.description() + " " + rows + "x" + depth + "x" + columns);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void bothWaysOfPackingGiveTheSameMatrix(Kernels kernels) {
    for (int columns : new int[] {1, 15, 16, 33, 600}) {
      for (int depth : new int[] {1, 16, 37}) {
        float[] matrix = random(depth * columns, 5);
        float[] transposed = new float[matrix.length];
        for (int k = 0; k < depth; k++) {
          for (int j = 0; j < columns; j++) {
            transposed[j * depth + k] = matrix[k * columns + j];
          }
        }
        PackedMatrix byRows = kernels.matrix(depth, columns);
        byRows.packRows(matrix, 0, columns, 0, depth);
        PackedMatrix byColumns = kernels.matrix(depth, columns);
        int half = columns / 2;
        byColumns.packColumns(transposed, 0, half, columns);
        byColumns.packColumns(transposed, 0, 0, half);
        assertArrayEquals(unpacked(kernels, byRows), unpacked(kernels, byColumns));
        assertArrayEquals(matrix, unpacked(kernels, byRows));
      }
    }
  }

  /** The matrix, as its product with the unit matrix. */
  private static float[] unpacked(Kernels kernels, PackedMatrix matrix) {
    int depth = matrix.depth();
    float[] unit = new float[depth * depth];
    for (int k = 0; k < depth; k++) {
      unit[k * depth + k] = 1;
    }
    float[] result = new float[depth * matrix.columns()];
    kernels.product().add(unit, 0, depth, depth, matrix, result, 0, matrix.columns());
    return result;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aPackedLeftSideGivesTheSameProduct(Kernels kernels) {
    int rows = 10;
    int depth = 300;
    int columns = 23;
    int first = 7;
    float[] a = random(rows * depth, 1);
    float[] b = random((first + depth) * columns, 2);
    float[] expected = random(rows * columns, 3);
    float[] actual = expected.clone();
    float[] packed = new float[12 * depth];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < depth; k++) {
        packed[row / 4 * 4 * depth + k * 4 + row % 4] = a[row * depth + k];
      }
    }
    PackedMatrix whole = kernels.matrix(first + depth, columns);
    whole.packRows(b, 0, columns, 0, first + depth);
    PackedMatrix tail = kernels.matrix(depth, columns);
    tail.packRows(b, first * columns, columns, 0, depth);
    kernels.product().add(a, 0, depth, rows, tail, expected, 0, columns);
    kernels.product().addPacked(packed, rows, depth, whole, first, actual, 0, columns);
    assertArrayEquals(expected, actual);
  }

  @Test
  void theTwinsAgreeOnTheCell() {
    Kernels plain = new PlainKernels();
    Kernels vector = new VectorKernels();
    for (int size : new int[] {1, 7, 8, 9, 16, 31, 64, 100}) {
      float[][] first = cells(size);
      float[][] second = cells(size);
      for (int i = 0; i < 2; i++) {
        float[][] x = i == 0 ? first : second;
        Kernels kernels = i == 0 ? plain : vector;
        kernels.cell().forward(x[0], 0, x[1], 0, x[2], 0, x[3], 0, 1, size);
        kernels.cell().backward(x[0], 0, x[1], 0, x[2], 0, x[4], 0, x[5], 0, x[6], 0, 1, size);
        kernels.exponentials(x[7], 1, size, 0.25f);
        kernels.adam(
            x[8],
            x[9],
            x[10],
            x[11],
            1,
            size,
            new AdamFactors(0.7f, 0.9f, 0.1f, 0.99f, 0.01f, 0.02f, 1.5f, 1e-8f));
      }
      for (int i = 0; i < first.length; i++) {
        boolean scratch = i == 4 || i == 5;
        if (!scratch) {
          assertArrayEquals(first[i], second[i], "array " + i + " of size " + size);
        }
      }
    }
  }

  private static float[][] cells(int size) {
    float[][] x = new float[12][];
    for (int i = 0; i < x.length; i++) {
      x[i] = random(4 * size + 1, i);
    }
    x[0][0] = 60;
    x[0][size] = -95;
    x[0][2 * size] = 1e-4f;
    x[0][3 * size] = -0f;
    for (int i = 0; i < size; i++) {
      x[10][i] = Math.abs(x[10][i]);
    }
    return x;
  }

  @Test
  void aZeroGradientIsNotScaledToInfinity() {
    var step = new org.levin.engine.TrainingStep(1, 1e-3, 0, 5, 1, org.levin.engine.Adam.DEFAULT);
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
