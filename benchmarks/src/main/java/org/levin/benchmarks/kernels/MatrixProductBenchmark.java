package org.levin.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code C += A·B} with both sides packed, as a step of the recurrence does it. A product of {@code
 * [R,K]} and {@code [K,N]} is {@code 2·R·K·N} operations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = Twin.MODULES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixProductBenchmark {
  /** Whose. */
  @Param public Twin twin;

  /**
   * Rows, depth, columns: one thread's half of the batch in training 2×512 and 2×128, and one row,
   * as in writing with either.
   */
  @Param({"64x512x2048", "25x128x512", "1x512x2048", "1x128x512"})
  public String shape;

  private MatrixProduct product;
  private PackedRows a;
  private PackedMatrix b;
  private int strips;
  private int strip;
  private float[] c;

  /** Packs both sides. */
  @Setup
  public void prepare() {
    String[] sizes = shape.split("x");
    int rows = Integer.parseInt(sizes[0]);
    int depth = Integer.parseInt(sizes[1]);
    int columns = Integer.parseInt(sizes[2]);
    Kernels kernels = twin.kernels();
    product = kernels.product();
    b = kernels.matrix(depth, 1, columns);
    b.packRows(Twin.values(depth * columns), 0, columns, 0, depth);
    a = new PackedRows(rows, depth);
    for (int row = 0; row < rows; row++) {
      a.pack(row, 0, depth, Twin.values(depth), 0, 1);
    }
    int width = kernels.stripWidth(columns);
    strips = Math.ceilDiv(columns, width);
    strip = rows * width;
    c = new float[strips * strip];
  }

  /** Multiplies. */
  @Benchmark
  public float[] product() {
    product.add(a, b, 0, 1, strips, c, 0, strip);
    return c;
  }
}
