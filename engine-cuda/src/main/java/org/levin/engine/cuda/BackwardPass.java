package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.product.Factor;
import org.levin.engine.cuda.product.Products;
import org.levin.engine.cuda.recurrence.RecurrentKernel;

/**
 * The network backward in time, layer by layer from above: from the gradient of the logits to those
 * of all pre-activations, which overwrite the gates. The state that entered is a constant
 * (truncated back-propagation through time).
 */
final class BackwardPass {
  private final NetworkShape shape;
  private final Weights weights;
  private final Activations a;
  private final ActivationFactors factors;
  private final Optional<Dropout> dropout;

  /** {@code [T·B,H]}: what comes down from the layer above. */
  private final DeviceMemory dAbove;

  /** {@code [B,H]}: what comes back from the next step. */
  private final DeviceMemory dHidden;

  /** Likewise. */
  private final DeviceMemory dCell;

  private final Optional<PersistentRecurrence> persistent;

  BackwardPass(
      NetworkShape shape,
      Weights weights,
      Activations a,
      ActivationFactors factors,
      Optional<Dropout> dropout,
      KernelLibrary library,
      DeviceScope scope) {
    this.shape = shape;
    this.weights = weights;
    this.a = a;
    this.factors = factors;
    this.dropout = dropout;
    dAbove = scope.floats((long) a.tokens() * shape.hidden());
    dHidden = scope.floats((long) a.rows * shape.hidden());
    dCell = scope.floats((long) a.rows * shape.hidden());
    persistent =
        PersistentRecurrence.of(
            RecurrentKernel.backward(library.precision()), shape, a, library, scope);
  }

  /** Adds the pass to a list; the gradient has taken the place of the logits. */
  void add(LaunchList list) {
    factors.logitsChanged(list);
    addAbove(list, factors.logits(), weights.output(), shape.vocabulary());
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      if (dropout.isPresent()) {
        dropout.get().add(list, layer, dAbove.address(), dAbove.address());
      }
      addRecurrence(list, layer);
      if (layer > 0) {
        addAbove(list, factors.gates(layer, 0), weights.input(layer), shape.gates());
      }
    }
  }

  /** Brings down {@code gradients [T·B,depth]} through {@code weight [depth,H]}. */
  private void addAbove(LaunchList list, Factor gradients, Factor weight, int depth) {
    Products.set(list, dAbove.address(), gradients, weight, a.tokens(), shape.hidden(), depth);
  }

  private void addRecurrence(LaunchList list, int layer) {
    if (persistent.isPresent()) {
      long weight = weights.values.at(shape.recurrentWeight(layer));
      persistent.get().add(list, a.gates(layer, 0), weight, a.cell(layer, 0), dAbove.address());
      factors.gatesChanged(list, layer, 0, a.steps);
      return;
    }
    list.zero(dHidden.address(), dHidden.bytes());
    list.zero(dCell.address(), dCell.bytes());
    for (int step = a.steps - 1; step >= 0; step--) {
      addStep(list, layer, step);
    }
  }

  private void addStep(LaunchList list, int layer, int step) {
    list.each(
        Kernel.CELL_BACKWARD,
        (long) a.rows * shape.hidden(),
        a.gates(layer, step),
        a.cell(layer, step),
        a.cell(layer, step + 1),
        dAbove.at((long) step * a.rows * shape.hidden()),
        dHidden.address(),
        dCell.address(),
        a.rows,
        shape.hidden());
    factors.gatesChanged(list, layer, step, 1);
    if (step > 0) {
      Products.set(
          list,
          dHidden.address(),
          factors.gates(layer, step),
          weights.recurrent(layer),
          a.rows,
          shape.hidden(),
          shape.gates());
    }
  }
}
