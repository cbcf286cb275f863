package org.levin.engine.cuda;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.levin.corpus.Batch;
import org.levin.engine.AbstractNetwork;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.model.Parameters;

/**
 * The network on the device. Every call is one piece of work of the device's thread, so that calls
 * of several threads do not mix.
 */
final class CudaNetwork extends AbstractNetwork<CudaState> {
  /** Tokens that go forward at once: enough to keep a device busy, in some tens of megabytes. */
  private static final int PIECE_TOKENS = 4096;

  /** Shapes whose launches are kept: a single step, a prompt, a text's pieces and its rest. */
  private static final int MOST_SHAPES = 4;

  private final NetworkShape shape;
  private final KernelLibrary library;
  private final DeviceContext context;
  private final DeviceScope scope;

  /**
   * The batch of the step after the one that is asked for next, if it has been told. Written by who
   * calls, and read on the device's thread by a call that follows.
   */
  private Optional<Batch> expected = Optional.empty();

  // Known to the device's thread only:
  private final Weights weights;
  private final Optional<Writing> writing;
  private final SequencedMap<InferenceShape, Inference> inferences =
      new LinkedHashMap<>(MOST_SHAPES, 0.75f, true);
  private Optimizer optimizer;
  private Backpropagation backpropagation;
  private boolean released;

  private record InferenceShape(int rows, int steps) {}

  private CudaNetwork(Parameters parameters, KernelLibrary library, DeviceScope scope) {
    super(parameters, CudaState.class);
    this.shape = NetworkShape.of(parameters);
    this.library = library;
    this.context = library.context();
    this.scope = scope;
    this.weights = context.call(() -> new Weights(shape, parameters.toArray(), library, scope));
    this.writing = Writing.of(shape, weights, library);
  }

  static CudaNetwork of(Parameters parameters, KernelLibrary library) {
    DeviceScope scope = new DeviceScope(library.context());
    CudaNetwork network = null;
    try {
      network = new CudaNetwork(parameters, library, scope);
      return network;
    } finally {
      if (network == null) {
        scope.close();
      }
    }
  }

  private <T> T call(Supplier<T> work) {
    return context.call(
        () -> {
          if (released) {
            throw new IllegalStateException("this network was closed by another thread");
          }
          return work.get();
        });
  }

  @Override
  protected CudaState newState(int rows) {
    return call(() -> CudaState.of(shape, rows, context));
  }

  @Override
  protected void computeLogits(int[] inputs, int steps, CudaState state, float[] logits) {
    call(
        () -> {
          if (steps == 1 && writing.isPresent() && writing.get().fits(state.rows())) {
            writing.get().logits(inputs, state, logits);
            return null;
          }
          int piece = pieceSteps(state.rows());
          for (int from = 0; from < steps; from += piece) {
            inference(state.rows(), Math.min(piece, steps - from))
                .logits(inputs, steps, from, state, logits);
          }
          return null;
        });
  }

  @Override
  protected double computeLoss(Batch batch, CudaState state) {
    return call(
        () -> {
          int steps = batch.steps();
          int piece = pieceSteps(batch.rows());
          double sum = 0;
          for (int from = 0; from < steps; from += piece) {
            sum +=
                inference(batch.rows(), Math.min(piece, steps - from))
                    .lossSum(batch.inputs(), batch.targets(), steps, from, state);
          }
          return sum / batch.inputs().length;
        });
  }

  private static int pieceSteps(int rows) {
    return Math.max(1, PIECE_TOKENS / rows);
  }

  private Inference inference(int rows, int steps) {
    InferenceShape wanted = new InferenceShape(rows, steps);
    Inference inference = inferences.get(wanted);
    if (inference == null) {
      if (inferences.size() == MOST_SHAPES) {
        inferences.pollFirstEntry().getValue().release();
      }
      inference = Inference.of(shape, weights, rows, steps, library);
      inferences.put(wanted, inference);
    }
    return inference;
  }

  @Override
  protected StepResult computeGradients(
      Batch batch, CudaState state, TrainingStep step, float[] gradients) {
    return call(
        () -> {
          prepareTraining(batch, step);
          backpropagation.gradients(batch, state, step);
          context.download(optimizer.gradients.address(), gradients, 0, gradients.length);
          return backpropagation.outcome().result(batch.inputs().length);
        });
  }

  @Override
  protected StepResult computeStep(Batch batch, CudaState state, TrainingStep step) {
    return call(
        () -> {
          prepareTraining(batch, step);
          backpropagation.gradients(batch, state, step);
          backpropagation.update();
          expected
              .filter(next -> backpropagation.fits(next, step.dropout() > 0))
              .ifPresent(backpropagation::expect);
          expected = Optional.empty();
          return backpropagation.outcome().result(batch.inputs().length);
        });
  }

  @Override
  protected void expectBatch(Batch next) {
    expected = Optional.of(next);
  }

  private void prepareTraining(Batch batch, TrainingStep step) {
    prepareOptimizer();
    boolean dropout = step.dropout() > 0;
    if (backpropagation == null || !backpropagation.fits(batch, dropout)) {
      releaseBackpropagation(); // first: two at once may not fit
      backpropagation = Backpropagation.of(shape, weights, optimizer, batch, dropout, library);
    }
  }

  private void prepareOptimizer() {
    if (optimizer == null) {
      optimizer = new Optimizer(shape.parameters(), scope);
    }
  }

  private void releaseBackpropagation() {
    if (backpropagation != null) {
      backpropagation.release();
      backpropagation = null;
    }
  }

  @Override
  protected float[] copyParameters() {
    return call(
        () -> {
          float[] values = new float[shape.parameters()];
          context.download(weights.values.address(), values, 0, values.length);
          return values;
        });
  }

  @Override
  protected OptimizerState copyOptimizerState() {
    return call(
        () -> {
          prepareOptimizer();
          return optimizer.state();
        });
  }

  @Override
  protected void replaceOptimizerState(OptimizerState state) {
    call(
        () -> {
          prepareOptimizer();
          optimizer.restore(state);
          return null;
        });
  }

  @Override
  protected void release() {
    context.runIfOpen(
        () -> {
          released = true;
          // In one scope, so that what cannot be freed does not keep the rest from it.
          inferences.values().forEach(inference -> scope.add(inference, inference::release));
          scope.add(this, this::releaseBackpropagation);
          scope.close();
        });
  }
}
