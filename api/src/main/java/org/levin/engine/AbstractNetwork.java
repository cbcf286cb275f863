package org.levin.engine;

import org.levin.corpus.Batch;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/**
 * A network that checks what comes in, so that an engine that extends it is arithmetic alone: what
 * reaches the abstract methods fits, and the network is open.
 *
 * @param <S> the engine's own states
 */
public abstract class AbstractNetwork<S extends AbstractState> implements Network {
  private final LstmArchitecture architecture;
  private final int vocabularySize;
  private final int parameterCount;
  private final Class<S> stateType;
  private boolean closed;

  /** Makes a network of the shape that these parameters have. */
  protected AbstractNetwork(Parameters parameters, Class<S> stateType) {
    this.architecture = parameters.architecture();
    this.vocabularySize = parameters.vocabularySize();
    this.parameterCount = parameters.count();
    this.stateType = stateType;
  }

  /** Does {@link #state}. */
  protected abstract S newState(int rows);

  /** Does {@link #forward}. */
  protected abstract void computeLogits(int[] inputs, int steps, S state, float[] logits);

  /** Does {@link #loss}. */
  protected abstract double computeLoss(Batch batch, S state);

  /** Does {@link #gradients}. */
  protected abstract StepResult computeGradients(
      Batch batch, S state, TrainingStep step, float[] gradients);

  /** Does {@link #train}. */
  protected abstract StepResult computeStep(Batch batch, S state, TrainingStep step);

  /** Does {@link #expect}; an engine without a device of its own has nothing to bring there. */
  protected void expectBatch(Batch next) {}

  /** Returns a copy of the parameters as they are now, in their order. */
  protected abstract float[] copyParameters();

  /** Does {@link #optimizerState}. */
  protected abstract OptimizerState copyOptimizerState();

  /** Does {@link #restore}. */
  protected abstract void replaceOptimizerState(OptimizerState optimizerState);

  /** Frees what the network holds; called once. */
  protected abstract void release();

  @Override
  public final NetworkState state(int rows) {
    requireOpen();
    return newState(Arguments.atLeast(1, rows, "rows"));
  }

  @Override
  public final void forward(int[] inputs, int steps, NetworkState state, float[] logits) {
    requireOpen();
    S own = own(state);
    int tokens = Math.multiplyExact(own.rows(), Arguments.atLeast(1, steps, "steps"));
    Arguments.require(
        inputs.length == tokens, "inputs must have %d ids, but has %d", tokens, inputs.length);
    requireIds(inputs, "inputs");
    int expected = Math.multiplyExact(tokens, vocabularySize);
    Arguments.require(
        logits.length == expected,
        "logits must have %d values, but has %d",
        expected,
        logits.length);
    computeLogits(inputs, steps, own, logits);
  }

  @Override
  public final double loss(Batch batch, NetworkState state) {
    requireOpen();
    return computeLoss(batch, fitting(batch, state));
  }

  @Override
  public final StepResult gradients(
      Batch batch, NetworkState state, TrainingStep step, float[] gradients) {
    requireOpen();
    S own = fitting(batch, state);
    Arguments.require(
        gradients.length == parameterCount,
        "gradients must have %d values, but has %d",
        parameterCount,
        gradients.length);
    return computeGradients(batch, own, step, gradients);
  }

  @Override
  public final StepResult train(Batch batch, NetworkState state, TrainingStep step) {
    requireOpen();
    return computeStep(batch, fitting(batch, state), step);
  }

  @Override
  public final void expect(Batch next) {
    requireOpen();
    requireIds(next);
    expectBatch(next);
  }

  @Override
  public final Parameters parameters() {
    requireOpen();
    return Parameters.of(architecture, vocabularySize, copyParameters());
  }

  @Override
  public final OptimizerState optimizerState() {
    requireOpen();
    return copyOptimizerState();
  }

  @Override
  public final void restore(OptimizerState state) {
    requireOpen();
    Arguments.require(
        state.firstMoment().length == parameterCount
            && state.secondMoment().length == parameterCount,
        "both moments must have %d values, but have %d and %d",
        parameterCount,
        state.firstMoment().length,
        state.secondMoment().length);
    replaceOptimizerState(state);
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this network is closed");
    }
  }

  private S fitting(Batch batch, NetworkState state) {
    S own = own(state);
    Arguments.require(
        batch.rows() == own.rows(),
        "the batch has %d rows, but the state %d",
        batch.rows(),
        own.rows());
    requireIds(batch);
    return own;
  }

  private void requireIds(Batch batch) {
    requireIds(batch.inputs(), "inputs");
    requireIds(batch.targets(), "targets");
  }

  private S own(NetworkState state) {
    Arguments.require(
        stateType.isInstance(state) && stateType.cast(state).fits(architecture),
        "the state must come from a network of this engine and architecture");
    S own = stateType.cast(state);
    own.requireOpen();
    return own;
  }

  private void requireIds(int[] ids, String name) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocabularySize) {
        throw new IllegalArgumentException(
            "%s[%d] is %d, but ids must lie in [0, %d)".formatted(name, i, ids[i], vocabularySize));
      }
    }
  }
}
