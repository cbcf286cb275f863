package org.levin.engine.cpu;

import org.levin.corpus.Batch;
import org.levin.engine.AbstractNetwork;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.model.Parameters;

/** The network on the CPU: hands what comes in to the passes. */
final class CpuNetwork extends AbstractNetwork<CpuState> {
  private final NetworkShape shape;
  private final Kernels kernels;
  private final Workers workers;
  private final float[] values;
  private PackedWeights weights;
  private AdamUpdate adam;
  private float[] gradients;
  private Backpropagation backpropagation;

  CpuNetwork(Parameters parameters, Kernels kernels, Workers workers) {
    super(parameters, CpuState.class);
    this.shape = NetworkShape.of(parameters, kernels);
    this.kernels = kernels;
    this.workers = workers;
    this.values = parameters.toArray();
    this.weights = new PackedWeights(shape, kernels, values, false);
    weights.refresh(workers);
  }

  @Override
  protected CpuState newState(int rows) {
    return new CpuState(shape, kernels, workers, rows);
  }

  @Override
  protected void computeLogits(int[] inputs, int steps, CpuState state, float[] logits) {
    inPieces(inputs, steps, state, (a, from, count) -> copyLogits(a, from, count, steps, logits));
  }

  @Override
  protected double computeLoss(Batch batch, CpuState state) {
    double[] losses = new double[batch.inputs().length];
    RowRange rows = new RowRange(0, batch.rows());
    LossPass pass = new LossPass(shape, kernels, workers, rows, workers.threads());
    inPieces(
        batch.inputs(),
        batch.steps(),
        state,
        (a, from, count) -> pass.losses(a, batch, from, count, losses));
    return LossPass.mean(losses);
  }

  /** What becomes of the logits of some steps, in order. */
  @FunctionalInterface
  private interface Piece {
    void accept(Activations activations, int firstStep, int steps);
  }

  private void inPieces(int[] inputs, int steps, CpuState state, Piece piece) {
    Inference inference = state.inference(steps);
    for (int from = 0; from < steps; from += inference.steps()) {
      int count = Math.min(inference.steps(), steps - from);
      piece.accept(inference.run(weights, inputs, steps, from, count, state), from, count);
    }
  }

  private void copyLogits(Activations a, int from, int count, int steps, float[] logits) {
    for (int t = 0; t < count; t++) {
      for (int b = 0; b < a.rows; b++) {
        int target = (b * steps + from + t) * shape.vocabulary();
        a.symbols.get(a.logits, t * a.rows + b, logits, target);
      }
    }
  }

  @Override
  protected StepResult computeGradients(
      Batch batch, CpuState state, TrainingStep step, float[] gradients) {
    prepareTraining(batch, step);
    double loss = backpropagation.run(batch, state, step, gradients);
    return new StepResult(loss, adam.norm(gradients));
  }

  @Override
  protected StepResult computeStep(Batch batch, CpuState state, TrainingStep step) {
    prepareTraining(batch, step);
    double loss = backpropagation.run(batch, state, step, gradients);
    StepResult result = new StepResult(loss, adam.norm(gradients));
    if (result.finite()) {
      adam.update(values, gradients, step, result.gradientNorm());
      weights.refresh(workers);
    }
    return result;
  }

  /**
   * Training needs several times the memory of the parameters: it is made when the first step asks
   * for it.
   */
  private void prepareTraining(Batch batch, TrainingStep step) {
    if (gradients == null) {
      gradients = new float[values.length];
      prepareOptimizer();
      weights = new PackedWeights(shape, kernels, values, true);
      weights.refresh(workers);
    }
    boolean dropout = step.dropout() > 0;
    if (backpropagation == null || !backpropagation.fits(batch, dropout)) {
      // The old one first: two at once may not fit.
      backpropagation = null;
      backpropagation =
          new Backpropagation(
              shape, kernels, workers, weights, batch.rows(), batch.steps(), dropout);
    }
  }

  private void prepareOptimizer() {
    if (adam == null) {
      adam = new AdamUpdate(kernels, workers, values.length);
    }
  }

  @Override
  protected float[] copyParameters() {
    return values.clone();
  }

  @Override
  protected OptimizerState copyOptimizerState() {
    prepareOptimizer();
    return adam.state();
  }

  @Override
  protected void replaceOptimizerState(OptimizerState state) {
    prepareOptimizer();
    adam.restore(state);
  }

  @Override
  protected void release() {
    weights = null;
    backpropagation = null;
  }
}
