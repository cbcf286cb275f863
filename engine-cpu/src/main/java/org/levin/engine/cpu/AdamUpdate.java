package org.levin.engine.cpu;

import org.levin.engine.OptimizerState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.AdamFactors;
import org.levin.engine.cpu.kernel.Kernels;

/** The optimizer: the gradient's norm, clipping by it, and Adam. Owns the moments. */
final class AdamUpdate {
  /**
   * Parameters that one task handles; fixed, because the norm's order of summation follows from it.
   */
  private static final int CHUNK = 1 << 14;

  private final Kernels kernels;
  private final Workers workers;
  private final float[] first;
  private final float[] second;
  private final double[] partialNorms;
  private final Workers.Task squaring = this::square;
  private final Workers.Task updating = this::update;

  // Of the call under way:
  private float[] values;
  private float[] gradients;
  private AdamFactors factors;

  AdamUpdate(Kernels kernels, Workers workers, int parameters) {
    this.kernels = kernels;
    this.workers = workers;
    this.first = new float[parameters];
    this.second = new float[parameters];
    this.partialNorms = new double[Math.ceilDiv(parameters, CHUNK)];
  }

  /** Returns the global norm: squares summed as doubles, chunk by chunk. */
  double norm(float[] gradients) {
    this.gradients = gradients;
    workers.run(partialNorms.length, squaring);
    double sum = 0;
    for (double partial : partialNorms) {
      sum += partial;
    }
    return Math.sqrt(sum);
  }

  private void square(int chunk, int worker) {
    partialNorms[chunk] = squares(gradients, chunk * CHUNK, end(chunk));
  }

  /** Updates {@code values} and the moments. */
  void update(float[] values, float[] gradients, TrainingStep step, double norm) {
    this.values = values;
    this.gradients = gradients;
    factors = AdamFactors.of(step, norm);
    workers.run(partialNorms.length, updating);
  }

  private void update(int chunk, int worker) {
    kernels.adam(values, first, second, gradients, chunk * CHUNK, end(chunk), factors);
  }

  OptimizerState state() {
    return new OptimizerState(first.clone(), second.clone());
  }

  void restore(OptimizerState state) {
    System.arraycopy(state.firstMoment(), 0, first, 0, first.length);
    System.arraycopy(state.secondMoment(), 0, second, 0, second.length);
  }

  private int end(int chunk) {
    return Math.min(first.length, (chunk + 1) * CHUNK);
  }

  private static double squares(float[] x, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = from + ((to - from) & ~3);
    for (int i = from; i < whole; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (int i = whole; i < to; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
