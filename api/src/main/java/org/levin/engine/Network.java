package org.levin.engine;

import org.levin.corpus.Batch;
import org.levin.model.Parameters;

/**
 * An LSTM with its parameters and its optimizer's state, and the arithmetic on them.
 *
 * <p>Shapes: {@code B} rows, {@code T} steps, {@code V} vocabulary, {@code L} layers, {@code H}
 * hidden units; row-major. A state of {@code B} rows enters every call, as a constant, and is
 * overwritten with the state after step {@code T}.
 *
 * <p>{@link #forward} may be called from several threads at once, each with a state of its own;
 * every other call needs the network to itself.
 *
 * <p>Every method throws {@link IllegalStateException} on a closed network, and {@link
 * IllegalArgumentException} if a shape differs or an id lies outside {@code [0,V)}; the network and
 * the state are then as before.
 */
public interface Network extends AutoCloseable {

  /** Returns a new state of {@code rows} rows, all zero; the caller closes it. */
  NetworkState state(int rows);

  /**
   * Computes logits without dropout.
   *
   * @param inputs token ids {@code [B,T]}, {@code B = state.rows()}; not modified
   * @param steps {@code T}, at least 1
   * @param state overwritten with the state after step {@code T}
   * @param logits unnormalized scores {@code [B,T,V]}; overwritten
   */
  void forward(int[] inputs, int steps, NetworkState state, float[] logits);

  /**
   * Returns the mean cross-entropy of a batch in nats per token, without dropout; no parameter
   * changes.
   *
   * @param state overwritten with the state after step {@code T}
   */
  double loss(Batch batch, NetworkState state);

  /**
   * Computes the loss and all its gradients by back-propagation through the {@code T} steps, before
   * clipping; no parameter changes.
   *
   * @param state overwritten with the state after step {@code T}
   * @param step gives dropout, seed and number; its other values are not used
   * @param gradients one value a parameter, in the order of {@link Parameters}; overwritten
   */
  StepResult gradients(Batch batch, NetworkState state, TrainingStep step, float[] gradients);

  /**
   * Does one step of training: forward, backward, clipping by global norm, Adam. If the loss or the
   * norm is not finite, nothing is updated.
   *
   * @param state overwritten with the state after step {@code T}
   * @return the loss before the update and the gradient norm before clipping; the caller looks
   *     whether they are finite
   */
  StepResult train(Batch batch, NetworkState state, TrainingStep step);

  /**
   * Tells which batch is expected in the step after the next call of {@link #train}, so that an
   * engine may bring it to its device while that call's step runs. It is a hint: another batch may
   * follow, and no result depends on it. What saves the time is that the very same object follows.
   *
   * @param next of any shape, with ids in {@code [0,V)}
   */
  default void expect(Batch next) {}

  /**
   * Returns a copy of the parameters as they are now. Throws {@link IllegalArgumentException} if
   * one is not finite.
   */
  Parameters parameters();

  /** Returns a copy of the optimizer's state. */
  OptimizerState optimizerState();

  /** Replaces the optimizer's state, so that a run begun elsewhere goes on here. */
  void restore(OptimizerState optimizerState);

  /** Frees what the network holds. Closing twice is harmless. */
  @Override
  void close();
}
