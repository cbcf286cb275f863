package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.cpu.kernel.Kernels;

/** Logits of a number of rows, without gradients; holds the memory that this needs. */
final class Inference {
  private final Workers workers;
  private final Activations activations;
  private final ForwardPass[] passes;
  private final Workers.Task task = this::pass;

  // Of the run under way:
  private PackedWeights weights;
  private int steps;

  /** Makes room for {@code steps} steps at once. */
  Inference(NetworkShape shape, Kernels kernels, Workers workers, int rows, int steps) {
    this.workers = workers;
    activations = new Activations(shape, rows, steps, false, false);
    WorkDivision division = WorkDivision.of(shape, rows, steps, workers.threads());
    RowRange[] ranges = division.ranges();
    passes = new ForwardPass[ranges.length];
    Arrays.setAll(
        passes, i -> new ForwardPass(shape, kernels, workers, ranges[i], division, false));
  }

  /** Returns how many steps there is room for. */
  int steps() {
    return activations.steps;
  }

  /**
   * Runs some of {@code total} steps.
   *
   * @param inputs ids {@code [B,total]}
   * @param from the first of the steps
   * @param state modified
   * @return their logits, until the next call
   */
  Activations run(
      PackedWeights weights, int[] inputs, int total, int from, int count, CpuState state) {
    this.weights = weights;
    this.steps = count;
    activations.inputs(inputs, from, total, count);
    activations.load(state);
    workers.run(passes.length, task);
    activations.store(state, count);
    return activations;
  }

  private void pass(int index, int worker) {
    passes[index].run(weights, activations, steps);
  }
}
