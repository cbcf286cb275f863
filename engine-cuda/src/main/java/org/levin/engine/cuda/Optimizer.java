package org.levin.engine.cuda;

import org.levin.engine.OptimizerState;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** The gradient's norm, clipping by it, and Adam. Owns the gradient and the moments. */
final class Optimizer {
  /** Values whose squares a block adds up. */
  private static final int CHUNK = 4096;

  private static final Grid ONE_BLOCK = new Grid(1, 1, Kernel.THREADS);

  /** One value a parameter. */
  final DeviceMemory gradients;

  /** Where a {@link StepOutcome} is written. */
  final DeviceMemory outcome;

  private final int parameters;
  private final DeviceContext context;
  private final DeviceMemory first;
  private final DeviceMemory second;
  private final DeviceMemory partials;
  private final int chunks;

  Optimizer(int parameters, DeviceScope scope) {
    this.parameters = parameters;
    context = scope.context();
    chunks = Math.ceilDiv(parameters, CHUNK);
    gradients = scope.floats(parameters);
    first = scope.zeros(parameters);
    second = scope.zeros(parameters);
    partials = scope.allocate((long) chunks * Double.BYTES);
    outcome = scope.allocate(StepOutcome.BYTES);
  }

  /** Adds what looks at losses and gradients, and decides about the update. */
  void addOutcome(LaunchList list, DeviceMemory losses, int tokens, long step) {
    list.add(
        Kernel.SQUARE_SUMS,
        new Grid(chunks, 1, Kernel.THREADS),
        partials.address(),
        gradients.address(),
        parameters);
    list.add(
        Kernel.STEP_OUTCOME,
        ONE_BLOCK,
        outcome.address(),
        losses.address(),
        tokens,
        partials.address(),
        chunks,
        step);
  }

  /** Adds the update, which does nothing if the outcome is not finite. */
  void addUpdate(LaunchList list, Weights weights, long step) {
    list.each(
        Kernel.ADAM,
        parameters,
        weights.values.address(),
        first.address(),
        second.address(),
        gradients.address(),
        outcome.address(),
        step,
        parameters);
    weights.refresh(list);
  }

  OptimizerState state() {
    return new OptimizerState(copy(first), copy(second));
  }

  private float[] copy(DeviceMemory memory) {
    float[] values = new float[parameters];
    context.download(memory.address(), values, 0, parameters);
    return values;
  }

  void restore(OptimizerState state) {
    context.upload(state.firstMoment(), first.address());
    context.upload(state.secondMoment(), second.address());
  }
}
