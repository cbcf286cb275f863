package org.levin.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.levin.engine.cpu.kernel.Kernels;
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

/** Exponentials of an array, as in a softmax. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = Twin.MODULES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExponentialsBenchmark {
  /** Takes every value to 1 in the end, where it stays: no call sees denormal numbers. */
  private static final float SHIFT = 1;

  /** Whose. */
  @Param public Twin twin;

  /** How many: a vocabulary, and what fits into the first cache. */
  @Param({"84", "4096"})
  public int count;

  private Kernels kernels;
  private float[] values;

  /** Makes values. */
  @Setup
  public void prepare() {
    kernels = twin.kernels();
    values = Twin.values(count);
  }

  /** Exponentials in place. */
  @Benchmark
  public float[] exponentials() {
    kernels.exponentials(values, 0, count, SHIFT);
    return values;
  }
}
