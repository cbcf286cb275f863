package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.AbstractState;
import org.levin.engine.cpu.kernel.Kernels;

/**
 * Hidden and cell state, and the scratch memory of the calls that carry it. The state lies as the
 * passes have it, so that a step of a text copies long stretches.
 */
final class CpuState extends AbstractState {
  /** {@code [B,H]}: how each layer of {@link #hidden} and {@link #cell} is laid out. */
  final Strips strips;

  final float[][] hidden;
  final float[][] cell;
  private final NetworkShape shape;
  private final Kernels kernels;
  private final Workers workers;

  /** What computes a single step, as when a text is written: the strips of one step lie closer. */
  private Inference single;

  private Inference several;

  CpuState(NetworkShape shape, Kernels kernels, Workers workers, int rows) {
    super(shape.architecture(), rows);
    this.shape = shape;
    this.kernels = kernels;
    this.workers = workers;
    strips = new Strips(rows, shape.hidden(), shape.unitWidth());
    hidden = new float[shape.layers()][Math.toIntExact(strips.size())];
    cell = new float[shape.layers()][hidden[0].length];
  }

  /** Returns what computes at least one and at most {@code steps} steps at once; kept. */
  Inference inference(int steps) {
    int wanted = WorkDivision.stepsTogether(shape, rows(), steps);
    if (wanted == 1) {
      if (single == null) {
        single = new Inference(shape, kernels, workers, rows(), 1);
      }
      return single;
    }
    if (several == null || several.steps() < wanted) {
      // The old one first: two at once may not fit.
      several = null;
      several = new Inference(shape, kernels, workers, rows(), wanted);
    }
    return several;
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

  private float[] flatten(float[][] layers) {
    float[] flat = new float[layers.length * rows() * strips.columns()];
    for (int line = 0; line < layers.length * rows(); line++) {
      strips.get(layers[line / rows()], line % rows(), flat, line * strips.columns());
    }
    return flat;
  }

  private void unflatten(float[] flat, float[][] layers) {
    for (int line = 0; line < layers.length * rows(); line++) {
      strips.put(flat, line * strips.columns(), layers[line / rows()], line % rows());
    }
  }

  @Override
  protected void release() {
    single = null;
    several = null;
  }
}
