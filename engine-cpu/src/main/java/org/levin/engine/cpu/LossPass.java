package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.corpus.Batch;
import org.levin.engine.cpu.kernel.Kernels;

/** From logits to losses and the gradient of the logits, for a range of rows. */
final class LossPass {
  private final Workers workers;
  private final RowRange range;

  /** For each part of the steps that a thread of its own takes. */
  private final CrossEntropy[] parts;

  private final Workers.Task losses = this::losses;

  // Of the run under way:
  private Activations a;
  private Batch batch;
  private double[] result;

  LossPass(NetworkShape shape, Kernels kernels, Workers workers, RowRange range, int parts) {
    this.workers = workers;
    this.range = range;
    this.parts = new CrossEntropy[parts];
    Arrays.setAll(this.parts, i -> new CrossEntropy(kernels, shape.vocabulary()));
  }

  /**
   * Replaces the logits by the gradient of the batch's mean loss.
   *
   * @param result the loss of each token {@code t·B + b}; overwritten for these rows
   */
  void run(Activations a, Batch batch, double[] result) {
    this.a = a;
    this.batch = batch;
    this.result = result;
    workers.run(parts.length, losses);
  }

  private void losses(int part, int worker) {
    double scale = 1.0 / result.length;
    int steps = batch.steps();
    for (int t = steps * part / parts.length; t < steps * (part + 1) / parts.length; t++) {
      for (int b = range.from(); b < range.to(); b++) {
        int token = t * batch.rows() + b;
        int target = batch.targets()[b * steps + t];
        result[token] = parts[part].lossAndGradient(a.logits, a.symbols, token, target, scale);
      }
    }
  }
}
