package org.levin.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.levin.engine.Adam;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.AdamFactors;
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

/** An update of parameters by Adam. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = Twin.MODULES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdamBenchmark {
  private static final TrainingStep STEP = new TrainingStep(1_000, 1e-3, 0, 5, 42, Adam.DEFAULT);

  /** Whose. */
  @Param public Twin twin;

  /** How many: one task of an update, and all parameters of two layers of 512 units. */
  @Param({"16384", "3366483"})
  public int count;

  private Kernels kernels;
  private AdamFactors factors;
  private float[] weights;
  private float[] first;
  private float[] second;
  private float[] gradients;

  /** Makes values. */
  @Setup
  public void prepare() {
    kernels = twin.kernels();
    factors = AdamFactors.of(STEP, 1);
    weights = Twin.values(count);
    first = new float[count];
    second = new float[count];
    gradients = Twin.values(count);
  }

  /** Updates. */
  @Benchmark
  public float[] update() {
    kernels.adam(weights, first, second, gradients, 0, count, factors);
    return weights;
  }
}
