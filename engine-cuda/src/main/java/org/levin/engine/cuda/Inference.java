package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;

/** Logits and losses of some rows and steps, without gradients. */
final class Inference {
  private final NetworkShape shape;
  private final DeviceContext context;
  private final Activations activations;
  private final TokenBlock tokens;
  private final LaunchList forward;
  private final LaunchList loss;
  private final DeviceMemory outcome;
  private final DeviceScope scope;

  private Inference(
      NetworkShape shape,
      Weights weights,
      int rows,
      int steps,
      KernelLibrary library,
      DeviceScope scope) {
    this.shape = shape;
    this.scope = scope;
    context = scope.context();
    activations = new Activations(shape, rows, steps, false, false, scope);
    tokens = new TokenBlock(rows, steps, shape.vocabulary(), scope);
    forward = list(library);
    loss = list(library);
    new ForwardPass(shape, weights, activations, tokens, Optional.empty(), library, scope)
        .add(forward);
    LossPass pass = new LossPass(shape, activations, tokens, scope);
    pass.add(loss, false);
    outcome = scope.allocate(StepOutcome.BYTES);
    loss.add(
        Kernel.LOSS_SUM,
        new Grid(1, 1, Kernel.THREADS),
        outcome.address(),
        pass.losses.address(),
        activations.tokens());
  }

  private LaunchList list(KernelLibrary library) {
    LaunchList list = new LaunchList(library);
    return scope.add(list, list::close);
  }

  static Inference of(
      NetworkShape shape, Weights weights, int rows, int steps, KernelLibrary library) {
    DeviceScope scope = new DeviceScope(library.context());
    Inference inference = null;
    try {
      inference = new Inference(shape, weights, rows, steps, library, scope);
      return inference;
    } finally {
      if (inference == null) {
        scope.close();
      }
    }
  }

  /** Frees its memory. */
  void release() {
    scope.close();
  }

  private void run(CudaState state) {
    activations.load(state);
    forward.run();
    activations.store(state);
  }

  /**
   * Computes logits.
   *
   * @param inputs ids {@code [B,total]}, of which the steps begin at {@code from}
   * @param state modified
   * @param logits {@code [B,total,V]}; overwritten for these steps
   */
  void logits(int[] inputs, int total, int from, CudaState state, float[] logits) {
    tokens.put(inputs, total, from);
    run(state);
    int symbols = shape.vocabulary();
    float[] own = new float[Math.multiplyExact(activations.tokens(), symbols)];
    context.download(activations.logits.address(), own, 0, own.length);
    for (int t = 0; t < activations.steps; t++) {
      for (int b = 0; b < activations.rows; b++) {
        int source = (t * activations.rows + b) * symbols;
        System.arraycopy(own, source, logits, (b * total + from + t) * symbols, symbols);
      }
    }
  }

  /** Returns the sum of the losses of these steps, likewise. */
  double lossSum(int[] inputs, int[] targets, int total, int from, CudaState state) {
    tokens.put(inputs, targets, total, from);
    run(state);
    loss.run();
    return StepOutcome.read(context, outcome).lossSum();
  }
}
