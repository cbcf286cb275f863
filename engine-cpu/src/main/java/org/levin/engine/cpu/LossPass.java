package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.corpus.Batch;
import org.levin.engine.cpu.kernel.Kernels;

/** From logits to losses and the logits' gradient, for a range of rows. */
final class LossPass {
  private final Workers workers;
  private final RowRange range;

  /** For each part of the steps that a thread of its own takes. */
  private final CrossEntropy[] parts;

  private final Workers.Task lossesPart = this::losses;
  private final Workers.Task gradientsPart = this::gradients;

  // Of the run under way:
  private Activations a;
  private Batch batch;
  private int firstStep;
  private int count;
  private double[] result;

  LossPass(NetworkShape shape, Kernels kernels, Workers workers, RowRange range, int parts) {
    this.workers = workers;
    this.range = range;
    this.parts = new CrossEntropy[parts];
    Arrays.setAll(this.parts, i -> new CrossEntropy(kernels, shape.vocabulary()));
  }

  /**
   * Computes losses.
   *
   * @param a the logits of {@code count} steps of the batch, from {@code firstStep} on
   * @param result the loss of each token {@code t·B + b}; overwritten for these rows and steps
   */
  void losses(Activations a, Batch batch, int firstStep, int count, double[] result) {
    run(a, batch, firstStep, count, result, lossesPart);
  }

  /** Does the same for all steps, and replaces the logits by the gradient of the mean loss. */
  void gradients(Activations a, Batch batch, double[] result) {
    run(a, batch, 0, batch.steps(), result, gradientsPart);
  }

  private void run(
      Activations a, Batch batch, int firstStep, int count, double[] result, Workers.Task part) {
    this.a = a;
    this.batch = batch;
    this.firstStep = firstStep;
    this.count = count;
    this.result = result;
    workers.run(parts.length, part);
  }

  private void losses(int part, int worker) {
    for (int t = count * part / parts.length; t < count * (part + 1) / parts.length; t++) {
      for (int b = range.from(); b < range.to(); b++) {
        int line = t * a.rows + b;
        result[firstStep * a.rows + line] =
            parts[part].loss(a.logits, a.symbols, line, target(t, b));
      }
    }
  }

  private void gradients(int part, int worker) {
    double scale = 1.0 / result.length;
    for (int t = count * part / parts.length; t < count * (part + 1) / parts.length; t++) {
      for (int b = range.from(); b < range.to(); b++) {
        int line = t * a.rows + b;
        result[line] = parts[part].lossAndGradient(a.logits, a.symbols, line, target(t, b), scale);
      }
    }
  }

  private int target(int t, int b) {
    return batch.targets()[b * batch.steps() + firstStep + t];
  }

  /** Returns the mean of all losses, summed in their order. */
  static double mean(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }
}
