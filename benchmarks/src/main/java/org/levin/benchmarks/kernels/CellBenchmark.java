package org.levin.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.levin.engine.cpu.kernel.LstmCell;
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
 * The cell, forward and backward. Both overwrite the gates, so each call begins with a copy of
 * them, which is counted: without it the gradients would run off into denormal numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = Twin.MODULES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CellBenchmark {
  private static final int GATES = 4;

  /** Whose. */
  @Param public Twin twin;

  /** Rows and hidden units: one thread's half of the batch, or one row. */
  @Param({"64x512", "25x128", "1x512"})
  public String shape;

  private int units;
  private LstmCell cell;
  private float[] fresh;
  private float[] gates;
  private float[] previousCell;
  private float[] nextCell;
  private float[] hidden;
  private float[] fromAbove;
  private float[] fromNext;
  private float[] above;
  private float[] dHidden;
  private float[] dCell;

  /** Makes values. */
  @Setup
  public void prepare() {
    String[] sizes = shape.split("x");
    units = Integer.parseInt(sizes[0]) * Integer.parseInt(sizes[1]);
    cell = twin.kernels().cell();
    fresh = Twin.values(GATES * units);
    gates = new float[GATES * units];
    previousCell = Twin.values(units);
    nextCell = Twin.values(units);
    hidden = new float[units];
    fromAbove = Twin.values(units);
    fromNext = Twin.values(units);
    above = new float[units];
    dHidden = new float[units];
    dCell = new float[units];
  }

  /** Forward. */
  @Benchmark
  public float[] forward() {
    System.arraycopy(fresh, 0, gates, 0, gates.length);
    cell.forward(gates, 0, units, previousCell, 0, nextCell, 0, hidden, 0, units, 1, units, units);
    return hidden;
  }

  /** Backward. */
  @Benchmark
  public float[] backward() {
    System.arraycopy(fresh, 0, gates, 0, gates.length);
    System.arraycopy(fromAbove, 0, above, 0, above.length);
    System.arraycopy(fromNext, 0, dHidden, 0, dHidden.length);
    System.arraycopy(fromNext, 0, dCell, 0, dCell.length);
    cell.backward(gates, 0, units, previousCell, 0, nextCell, 0, above, dHidden, dCell, 0, units);
    return dCell;
  }
}
