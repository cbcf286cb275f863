package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.corpus.Batch;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;

/**
 * Loss, all gradients and the update for batches of one shape; holds the memory that they need, and
 * the launches, so that a step makes neither.
 */
final class Backpropagation {
  private final Activations activations;
  private final TokenBlock tokens;
  private final StepValues values;
  private final LaunchList gradients;
  private final LaunchList update;
  private final Optimizer optimizer;
  private final DeviceScope scope;

  private Backpropagation(
      NetworkShape shape,
      Weights weights,
      Optimizer optimizer,
      Batch batch,
      boolean dropout,
      KernelLibrary library,
      DeviceScope scope) {
    this.optimizer = optimizer;
    this.scope = scope;
    activations = new Activations(shape, batch.rows(), batch.steps(), true, dropout, scope);
    tokens = new TokenBlock(batch.rows(), batch.steps(), shape.vocabulary(), scope);
    values = new StepValues(scope);
    Optional<Dropout> masks =
        dropout ? Optional.of(new Dropout(shape, activations, values)) : Optional.empty();
    LossPass loss = new LossPass(shape, activations, tokens, scope);
    gradients = list(library);
    ForwardPass forward =
        new ForwardPass(shape, weights, activations, tokens, masks, library, scope);
    ActivationFactors factors = forward.factors();
    forward.add(gradients);
    loss.add(gradients, true);
    new BackwardPass(shape, weights, activations, factors, masks, library, scope).add(gradients);
    new WeightGradients(
            shape, activations, factors, tokens, optimizer.gradients, library.precision(), scope)
        .add(gradients);
    optimizer.addOutcome(gradients, loss.losses, activations.tokens(), values.address());
    update = list(library);
    optimizer.addUpdate(update, weights, values.address());
  }

  private LaunchList list(KernelLibrary library) {
    LaunchList list = new LaunchList(library);
    return scope.add(list, list::close);
  }

  static Backpropagation of(
      NetworkShape shape,
      Weights weights,
      Optimizer optimizer,
      Batch batch,
      boolean dropout,
      KernelLibrary library) {
    DeviceScope scope = new DeviceScope(library.context());
    Backpropagation made = null;
    try {
      made = new Backpropagation(shape, weights, optimizer, batch, dropout, library, scope);
      return made;
    } finally {
      if (made == null) {
        scope.close();
      }
    }
  }

  boolean fits(Batch batch, boolean dropout) {
    return activations.rows == batch.rows()
        && activations.steps == batch.steps()
        && activations.dropout == dropout;
  }

  /** Queues loss and gradients; overwrites {@code state}. */
  void gradients(Batch batch, CudaState state, TrainingStep step) {
    tokens.put(batch);
    values.put(step);
    activations.load(state);
    gradients.run();
    activations.store(state);
  }

  /** Queues the update that follows. */
  void update() {
    update.run();
  }

  /** Brings what comes next to the device, behind what was queued. */
  void expect(Batch next) {
    tokens.put(next);
  }

  /** Waits for what was queued, and returns what it measured. */
  StepOutcome outcome() {
    return StepOutcome.read(scope.context(), optimizer.outcome);
  }

  /** Frees its memory. */
  void release() {
    scope.close();
  }
}
