package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.corpus.Batch;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;

/**
 * Loss and all gradients of batches of one shape; holds the memory that they need, so that a step
 * allocates nothing.
 */
final class Backpropagation {
  private final Workers workers;
  private final PackedWeights weights;
  private final Activations activations;
  private final ForwardPass[] forward;
  private final LossPass[] loss;
  private final BackwardPass[] backward;
  private final WeightGradients weightGradients;
  private final double[] losses;
  private final Workers.Task passes = this::passes;
  private Batch batch;
  private TrainingStep step;

  Backpropagation(
      NetworkShape shape,
      Kernels kernels,
      Workers workers,
      PackedWeights weights,
      int rows,
      int steps,
      boolean dropout) {
    this.workers = workers;
    this.weights = weights;
    activations = new Activations(shape, rows, steps, true, dropout);
    WorkDivision division = WorkDivision.of(shape, rows, steps, workers.threads());
    RowRange[] ranges = division.ranges();
    forward = new ForwardPass[ranges.length];
    Arrays.setAll(
        forward, i -> new ForwardPass(shape, kernels, workers, ranges[i], division, dropout));
    backward = new BackwardPass[ranges.length];
    Arrays.setAll(
        backward, i -> new BackwardPass(shape, kernels, workers, weights, ranges[i], division));
    loss = new LossPass[ranges.length];
    Arrays.setAll(loss, i -> new LossPass(shape, kernels, workers, ranges[i], division.parts()));
    weightGradients = new WeightGradients(shape, kernels, workers, activations);
    losses = new double[rows * steps];
  }

  boolean fits(Batch batch, boolean dropout) {
    return activations.rows == batch.rows()
        && activations.steps == batch.steps()
        && activations.dropout() == dropout;
  }

  /** Returns the mean loss; overwrites {@code gradients} and {@code state}. */
  double run(Batch batch, CpuState state, TrainingStep step, float[] gradients) {
    this.batch = batch;
    this.step = step;
    activations.inputs(batch.inputs(), 0, batch.steps(), batch.steps());
    activations.load(state);
    workers.run(forward.length, passes);
    activations.store(state, batch.steps());
    weightGradients.run(gradients);
    return LossPass.mean(losses);
  }

  private void passes(int index, int worker) {
    if (activations.dropout()) {
      forward[index].run(weights, activations, step);
    } else {
      forward[index].run(weights, activations, activations.steps);
    }
    loss[index].gradients(activations, batch, losses);
    backward[index].run(activations);
  }
}
