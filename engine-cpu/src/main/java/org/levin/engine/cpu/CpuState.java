package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.AbstractState;
import org.levin.engine.cpu.kernel.Kernels;

/** Hidden and cell state, and the scratch memory of the calls that carry it. */
final class CpuState extends AbstractState {
  /**
   * Tokens that the scratch memory of a call without gradients holds: longer calls go in pieces.
   */
  private static final int SCRATCH_TOKENS = 256;

  final float[][] hidden;
  final float[][] cell;
  private final NetworkShape shape;
  private final ForwardPass[] passes;
  private Activations scratch;

  CpuState(NetworkShape shape, Kernels kernels, Workers workers, int rows) {
    super(shape.architecture(), rows);
    this.shape = shape;
    hidden = new float[shape.layers()][Math.multiplyExact(rows, shape.hidden())];
    cell = new float[shape.layers()][rows * shape.hidden()];
    WorkDivision division = WorkDivision.of(shape, rows, workers.threads());
    RowRange[] ranges = division.ranges();
    passes = new ForwardPass[ranges.length];
    Arrays.setAll(
        passes, i -> new ForwardPass(shape, kernels, workers, ranges[i], division.parts()));
  }

  /** Returns a pass for each range of rows. */
  ForwardPass[] passes() {
    return passes;
  }

  /** Returns room for at least one and at most {@code steps} steps. */
  Activations scratch(int steps) {
    int wanted = Math.clamp(SCRATCH_TOKENS / rows(), 1, steps);
    if (scratch == null || scratch.steps < wanted) {
      scratch = new Activations(shape, rows(), wanted, false);
    }
    return scratch;
  }

  @Override
  protected void clear() {
    for (int layer = 0; layer < hidden.length; layer++) {
      Arrays.fill(hidden[layer], 0);
      Arrays.fill(cell[layer], 0);
    }
  }

  @Override
  protected float[] copyHidden() {
    return flatten(hidden);
  }

  @Override
  protected float[] copyCell() {
    return flatten(cell);
  }

  @Override
  protected void replace(float[] hidden, float[] cell) {
    unflatten(hidden, this.hidden);
    unflatten(cell, this.cell);
  }

  private static float[] flatten(float[][] layers) {
    float[] flat = new float[layers.length * layers[0].length];
    for (int layer = 0; layer < layers.length; layer++) {
      System.arraycopy(layers[layer], 0, flat, layer * layers[layer].length, layers[layer].length);
    }
    return flat;
  }

  private static void unflatten(float[] flat, float[][] layers) {
    for (int layer = 0; layer < layers.length; layer++) {
      System.arraycopy(flat, layer * layers[layer].length, layers[layer], 0, layers[layer].length);
    }
  }

  @Override
  protected void release() {
    scratch = null;
  }
}
