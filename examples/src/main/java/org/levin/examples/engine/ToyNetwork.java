package org.levin.examples.engine;

import org.levin.corpus.Batch;
import org.levin.engine.AbstractNetwork;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.model.Parameters;

/**
 * The network: what {@link ToyRow} does for one row, for all rows, one after the other. Parameters
 * and moments are floats, as in every engine; sums are doubles.
 */
final class ToyNetwork extends AbstractNetwork<ToyState> {
  private final Parameters shape;
  private final float[] weights;
  private float[] firstMoment;
  private float[] secondMoment;

  ToyNetwork(Parameters parameters) {
    super(parameters, ToyState.class);
    shape = parameters;
    weights = parameters.toArray();
    firstMoment = new float[weights.length];
    secondMoment = new float[weights.length];
  }

  @Override
  protected ToyState newState(int rows) {
    return new ToyState(shape.architecture(), rows);
  }

  @Override
  protected void computeLogits(int[] inputs, int steps, ToyState state, float[] logits) {
    int size = shape.vocabularySize();
    for (int b = 0; b < state.rows(); b++) {
      ToyRow row = new ToyRow(shape, weights, b, steps);
      row.forward(inputs, state);
      for (int t = 0; t < steps; t++) {
        for (int v = 0; v < size; v++) {
          logits[(b * steps + t) * size + v] = (float) row.logits[t][v];
        }
      }
    }
  }

  @Override
  protected double computeLoss(Batch batch, ToyState state) {
    double sum = 0;
    for (int b = 0; b < batch.rows(); b++) {
      ToyRow row = new ToyRow(shape, weights, b, batch.steps());
      row.forward(batch.inputs(), state);
      sum += row.loss(batch);
    }
    return sum / batch.inputs().length;
  }

  @Override
  protected StepResult computeGradients(
      Batch batch, ToyState state, TrainingStep step, float[] gradients) {
    double[] sums = new double[weights.length];
    double loss = 0;
    for (int b = 0; b < batch.rows(); b++) {
      ToyRow row = new ToyRow(shape, weights, b, batch.steps());
      row.dropout(step);
      row.forward(batch.inputs(), state);
      loss += row.loss(batch);
      row.backward(sums);
    }
    double squares = 0;
    for (int i = 0; i < sums.length; i++) {
      gradients[i] = (float) sums[i];
      squares += sums[i] * sums[i];
    }
    return new StepResult(loss / batch.inputs().length, Math.sqrt(squares));
  }

  @Override
  protected StepResult computeStep(Batch batch, ToyState state, TrainingStep step) {
    float[] gradients = new float[weights.length];
    StepResult result = computeGradients(batch, state, step, gradients);
    if (result.finite()) {
      adam(gradients, step, Math.min(1, step.clipNorm() / (result.gradientNorm() + 1e-6)));
    }
    return result;
  }

  private void adam(float[] gradients, TrainingStep step, double clip) {
    double beta1 = step.adam().beta1();
    double beta2 = step.adam().beta2();
    double rate = step.learningRate() / (1 - StrictMath.pow(beta1, step.number()));
    double scale = 1 / Math.sqrt(1 - StrictMath.pow(beta2, step.number()));
    for (int i = 0; i < weights.length; i++) {
      double g = gradients[i] * clip;
      double m = beta1 * firstMoment[i] + (1 - beta1) * g;
      double v = beta2 * secondMoment[i] + (1 - beta2) * g * g;
      firstMoment[i] = (float) m;
      secondMoment[i] = (float) v;
      weights[i] -= (float) (rate * m / (Math.sqrt(v) * scale + step.adam().epsilon()));
    }
  }

  @Override
  protected float[] copyParameters() {
    return weights.clone();
  }

  @Override
  protected OptimizerState copyOptimizerState() {
    return new OptimizerState(firstMoment.clone(), secondMoment.clone());
  }

  @Override
  protected void replaceOptimizerState(OptimizerState state) {
    firstMoment = state.firstMoment().clone();
    secondMoment = state.secondMoment().clone();
  }

  @Override
  protected void release() {}
}
