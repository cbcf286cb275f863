package org.levin.engine.cpu;

import org.levin.corpus.Batch;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** The network on the CPU: checks what comes in, and hands it to the passes. */
final class CpuNetwork implements Network {
  private final LstmArchitecture architecture;
  private final NetworkShape shape;
  private final Kernels kernels;
  private final Workers workers;
  private final float[] values;
  private PackedWeights weights;
  private AdamUpdate adam;
  private float[] gradients;
  private Backpropagation backpropagation;
  private boolean closed;

  CpuNetwork(Parameters parameters, Kernels kernels, Workers workers) {
    this.architecture = parameters.architecture();
    this.shape = NetworkShape.of(parameters);
    this.kernels = kernels;
    this.workers = workers;
    this.values = parameters.toArray();
    this.weights = new PackedWeights(shape, kernels, values, false);
    weights.refresh(workers);
  }

  @Override
  public NetworkState state(int rows) {
    requireOpen();
    return new CpuState(shape, kernels, workers.threads(), Arguments.atLeast(1, rows, "rows"));
  }

  @Override
  public void forward(int[] inputs, int steps, NetworkState state, float[] logits) {
    requireOpen();
    CpuState own = own(state);
    int tokens = tokens(own.rows(), steps);
    requireIds(inputs, tokens, "inputs");
    int expected = Math.multiplyExact(tokens, shape.vocabulary());
    Arguments.require(
        logits.length == expected,
        "logits must have %d values, but has %d",
        expected,
        logits.length);
    inPieces(inputs, steps, own, (a, from, count) -> copyLogits(a, from, count, steps, logits));
  }

  @Override
  public double loss(Batch batch, NetworkState state) {
    requireOpen();
    CpuState own = own(state);
    requireFits(batch, own);
    CrossEntropy crossEntropy = new CrossEntropy(kernels);
    int vocabulary = shape.vocabulary();
    double[] sum = new double[1];
    inPieces(
        batch.inputs(),
        batch.steps(),
        own,
        (a, from, count) -> {
          for (int t = 0; t < count; t++) {
            for (int b = 0; b < a.rows; b++) {
              int target = batch.targets()[b * batch.steps() + from + t];
              sum[0] +=
                  crossEntropy.loss(a.logits, (t * a.rows + b) * vocabulary, vocabulary, target);
            }
          }
        });
    return sum[0] / batch.inputs().length;
  }

  /** What becomes of the logits of some steps, in order. */
  @FunctionalInterface
  private interface Piece {
    void accept(Activations activations, int firstStep, int steps);
  }

  private void inPieces(int[] inputs, int steps, CpuState state, Piece piece) {
    ForwardPass pass = new ForwardPass(shape, kernels, weights);
    Activations a = state.scratch(steps);
    for (int from = 0; from < steps; from += a.steps) {
      int count = Math.min(a.steps, steps - from);
      a.inputs(inputs, from, steps, count);
      a.load(state);
      workers.run(
          state.ranges().length, i -> pass.run(a, state.ranges()[i], count, state.product(i)));
      a.store(state, count);
      piece.accept(a, from, count);
    }
  }

  private void copyLogits(Activations a, int from, int count, int steps, float[] logits) {
    int vocabulary = shape.vocabulary();
    for (int t = 0; t < count; t++) {
      for (int b = 0; b < a.rows; b++) {
        System.arraycopy(
            a.logits,
            (t * a.rows + b) * vocabulary,
            logits,
            (b * steps + from + t) * vocabulary,
            vocabulary);
      }
    }
  }

  @Override
  public StepResult gradients(
      Batch batch, NetworkState state, TrainingStep step, float[] gradients) {
    requireOpen();
    CpuState own = own(state);
    requireFits(batch, own);
    Arguments.require(
        gradients.length == values.length,
        "gradients must have %d values, but has %d",
        values.length,
        gradients.length);
    prepareTraining(batch, step);
    double loss = backpropagation.run(batch, own, step, gradients);
    return new StepResult(loss, adam.norm(gradients));
  }

  @Override
  public StepResult train(Batch batch, NetworkState state, TrainingStep step) {
    requireOpen();
    CpuState own = own(state);
    requireFits(batch, own);
    prepareTraining(batch, step);
    double loss = backpropagation.run(batch, own, step, gradients);
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
  public Parameters parameters() {
    requireOpen();
    return Parameters.of(architecture, shape.vocabulary(), values);
  }

  @Override
  public OptimizerState optimizerState() {
    requireOpen();
    prepareOptimizer();
    return adam.state();
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    int expected = values.length;
    Arguments.require(
        state.firstMoment().length == expected && state.secondMoment().length == expected,
        "both moments must have %d values, but have %d and %d",
        expected,
        state.firstMoment().length,
        state.secondMoment().length);
    prepareOptimizer();
    adam.restore(state);
  }

  @Override
  public void close() {
    closed = true;
    weights = null;
    backpropagation = null;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this network is closed");
    }
  }

  private CpuState own(NetworkState state) {
    Arguments.require(
        state instanceof CpuState own
            && own.hidden.length == shape.layers()
            && own.hidden[0].length == own.rows() * shape.hidden(),
        "the state must come from a network of this engine and architecture");
    CpuState own = (CpuState) state;
    own.requireOpen();
    return own;
  }

  private void requireFits(Batch batch, CpuState state) {
    Arguments.require(
        batch.rows() == state.rows(),
        "the batch has %d rows, but the state %d",
        batch.rows(),
        state.rows());
    int tokens = tokens(batch.rows(), batch.steps());
    requireIds(batch.inputs(), tokens, "inputs");
    requireIds(batch.targets(), tokens, "targets");
  }

  private static int tokens(int rows, int steps) {
    return Math.multiplyExact(rows, Arguments.atLeast(1, steps, "steps"));
  }

  private void requireIds(int[] ids, int expected, String name) {
    Arguments.require(
        ids.length == expected, "%s must have %d ids, but has %d", name, expected, ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= shape.vocabulary()) {
        throw new IllegalArgumentException(
            name
                + "["
                + i
                + "] is "
                + ids[i]
                + ", but ids must lie in [0, "
                + shape.vocabulary()
                + ")");
      }
    }
  }
}
