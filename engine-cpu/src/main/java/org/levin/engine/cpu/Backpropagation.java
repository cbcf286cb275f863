package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.corpus.Batch;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;

/**
 * Loss and all gradients of batches of one shape; holds the memory that they need, so that a step
 * allocates nothing.
 */
final class Backpropagation {
  private final NetworkShape shape;
  private final Workers workers;
  private final Activations activations;
  private final RowRange[] ranges;
  private final MatrixProduct[] products;
  private final ForwardPass forward;
  private final BackwardPass[] backward;
  private final WeightGradients weightGradients;
  private final CrossEntropy crossEntropy;
  private final double[] losses;

  Backpropagation(
      NetworkShape shape,
      Kernels kernels,
      Workers workers,
      PackedWeights weights,
      int rows,
      int steps,
      boolean dropout) {
    this.shape = shape;
    this.workers = workers;
    activations = new Activations(shape, rows, steps, dropout);
    ranges = RowRange.divide(rows, workers.threads());
    products = new MatrixProduct[ranges.length];
    Arrays.setAll(products, i -> kernels.product());
    forward = new ForwardPass(shape, kernels, weights);
    backward = new BackwardPass[ranges.length];
    Arrays.setAll(
        backward, i -> new BackwardPass(shape, kernels, weights, ranges[i].count(), products[i]));
    weightGradients = new WeightGradients(shape, kernels, workers, rows * steps);
    crossEntropy = new CrossEntropy(kernels);
    losses = new double[rows * steps];
  }

  boolean fits(Batch batch, boolean dropout) {
    return activations.rows == batch.rows()
        && activations.steps == batch.steps()
        && activations.dropout() == dropout;
  }

  /** Returns the mean loss; overwrites {@code gradients} and {@code state}. */
  double run(Batch batch, CpuState state, TrainingStep step, float[] gradients) {
    activations.inputs(batch.inputs(), 0, batch.steps(), batch.steps());
    activations.load(state);
    workers.run(ranges.length, i -> passes(i, batch, step));
    activations.store(state, batch.steps());
    weightGradients.run(activations, gradients);
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  private void passes(int index, Batch batch, TrainingStep step) {
    RowRange range = ranges[index];
    forward.run(activations, range, step, products[index]);
    int vocabulary = shape.vocabulary();
    double scale = 1.0 / losses.length;
    for (int t = 0; t < batch.steps(); t++) {
      for (int b = range.from(); b < range.to(); b++) {
        int token = t * batch.rows() + b;
        int target = batch.targets()[b * batch.steps() + t];
        losses[token] =
            crossEntropy.lossAndGradient(
                activations.logits, token * vocabulary, vocabulary, target, scale);
      }
    }
    backward[index].run(activations, range);
  }
}
