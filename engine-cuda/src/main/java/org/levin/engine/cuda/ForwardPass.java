package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.product.Products;
import org.levin.engine.cuda.recurrence.RecurrentKernel;

/**
 * The network forward in time, from ids to logits, layer by layer: what comes from the layer below
 * is multiplied for all steps at once, and only what comes from the step before has to wait for it.
 *
 * <p>The order of every sum: both biases, then the input's terms, then the hidden state's.
 */
final class ForwardPass {
  /** Values that a thread copies. */
  private static final int COPIED = 4;

  private final NetworkShape shape;
  private final Weights weights;
  private final Activations a;
  private final TokenBlock tokens;
  private final Optional<Dropout> dropout;
  private final ActivationFactors factors;
  private final Optional<PersistentRecurrence> persistent;

  ForwardPass(
      NetworkShape shape,
      Weights weights,
      Activations a,
      TokenBlock tokens,
      Optional<Dropout> dropout,
      KernelLibrary library,
      DeviceScope scope) {
    this.shape = shape;
    this.weights = weights;
    this.a = a;
    this.tokens = tokens;
    this.dropout = dropout;
    factors = new ActivationFactors(shape, a, library.precision(), scope);
    persistent =
        PersistentRecurrence.of(
            RecurrentKernel.forward(library.precision()), shape, a, library, scope);
  }

  /** Returns the activations as factors of the products that follow. */
  ActivationFactors factors() {
    return factors;
  }

  /** Adds the pass to a list; the state has entered. */
  void add(LaunchList list) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      addInput(list, layer);
      addRecurrence(list, layer);
      if (dropout.isPresent()) {
        dropout.get().add(list, layer, a.dropped(layer), a.hidden(layer, 1));
        factors.droppedChanged(list, layer);
      }
    }
    addLogits(list);
  }

  private void addInput(LaunchList list, int layer) {
    long gates = a.gates(layer, 0);
    if (layer == 0) {
      list.each(
          Kernel.GATHER_ROWS,
          (long) a.tokens() * shape.gates() / COPIED,
          gates,
          weights.table.address(),
          tokens.inputs(),
          a.tokens(),
          shape.gates());
      return;
    }
    Products.setRightTransposed(
        list,
        gates,
        weights.biases(layer),
        factors.output(layer - 1),
        weights.input(layer),
        a.tokens(),
        shape.gates(),
        shape.hidden());
  }

  private void addRecurrence(LaunchList list, int layer) {
    if (persistent.isPresent()) {
      long weight = weights.values.at(shape.recurrentWeight(layer));
      persistent.get().add(list, a.gates(layer, 0), weight, a.cell(layer, 0), a.hidden(layer, 0));
      factors.hiddenChanged(list, layer, 0, a.steps + 1);
      return;
    }
    factors.hiddenChanged(list, layer, 0, 1);
    for (int step = 0; step < a.steps; step++) {
      addStep(list, layer, step);
    }
  }

  private void addStep(LaunchList list, int layer, int step) {
    Products.addRightTransposed(
        list,
        a.gates(layer, step),
        factors.hidden(layer, step),
        weights.recurrent(layer),
        a.rows,
        shape.gates(),
        shape.hidden());
    list.each(
        Kernel.CELL_FORWARD,
        (long) a.rows * shape.hidden(),
        a.gates(layer, step),
        a.cell(layer, step),
        a.cell(layer, step + 1),
        a.hidden(layer, step + 1),
        a.rows,
        shape.hidden());
    factors.hiddenChanged(list, layer, step + 1, 1);
  }

  private void addLogits(LaunchList list) {
    Products.setRightTransposed(
        list,
        a.logits.address(),
        weights.values.at(shape.outputBias()),
        factors.output(shape.layers() - 1),
        weights.output(),
        a.tokens(),
        shape.vocabulary(),
        shape.hidden());
  }
}
