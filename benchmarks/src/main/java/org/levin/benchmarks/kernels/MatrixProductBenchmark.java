package org.levin.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
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
 * {@code C += A·B} with B packed, as a step of the recurrence does it. A product of {@code [R,K]}
 * and {@code [K,N]} is {@code 2·R·K·N} operations.
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

  private int rows;
  private int depth;
  private int columns;
  private MatrixProduct product;
  private PackedMatrix b;
  private float[] a;
  private float[] c;

  /** Packs B. */
  @Setup
  public void prepare() {
    String[] sizes = shape.split("x");
    rows = Integer.parseInt(sizes[0]);
    depth = Integer.parseInt(sizes[1]);
    columns = Integer.parseInt(sizes[2]);
    Kernels kernels = twin.kernels();
    product = kernels.product();
    b = kernels.matrix(depth, columns);
    b.packRows(Twin.values(depth * columns), 0, columns, 0, depth);
    a = Twin.values(rows * depth);
    c = new float[rows * columns];
  }

  /** Multiplies. */
  @Benchmark
  public float[] product() {
    product.add(a, 0, depth, rows, b, c, 0, columns);
    return c;
  }
}
