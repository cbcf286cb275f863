package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.engine.cuda.product.Factor;
import org.levin.engine.cuda.product.Products;

/**
 * The gradients of all weights and biases: sums over all tokens in a fixed order, once the backward
 * pass has left the gradients of the pre-activations.
 */
final class WeightGradients {
  private final NetworkShape shape;
  private final Activations a;
  private final ActivationFactors factors;
  private final TokenBlock tokens;
  private final DeviceMemory gradients;

  /** Where sums that are cut into parts leave these, one sum after the other. */
  private final DeviceMemory partials;

  /**
   * Makes them.
   *
   * @param gradients one value a parameter, in their order; overwritten
   */
  WeightGradients(
      NetworkShape shape,
      Activations a,
      ActivationFactors factors,
      TokenBlock tokens,
      DeviceMemory gradients,
      Precision precision,
      DeviceScope scope) {
    this.shape = shape;
    this.a = a;
    this.factors = factors;
    this.tokens = tokens;
    this.gradients = gradients;
    partials = scope.allocate(partialBytes(precision));
  }

  /** Adds them to a list. */
  void add(LaunchList list) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      Factor gates = factors.gates(layer, 0);
      Factor hidden = factors.hidden(layer, 0);
      addWeights(list, shape.recurrentWeight(layer), gates, shape.gates(), hidden);
      if (layer > 0) {
        Factor below = factors.output(layer - 1);
        addWeights(list, shape.inputWeight(layer), gates, shape.gates(), below);
      }
      long recurrentBias = gradients.at(shape.recurrentBias(layer));
      addBiases(list, shape.inputBias(layer), recurrentBias, a.gates(layer, 0), shape.gates());
    }
    addSymbols(list);
    Factor output = factors.output(shape.layers() - 1);
    addWeights(list, shape.outputWeight(), factors.logits(), shape.vocabulary(), output);
    addBiases(list, shape.outputBias(), 0L, a.logits.address(), shape.vocabulary());
  }

  private long partialBytes(Precision precision) {
    int tokens = a.tokens();
    int widest = Math.max(shape.gates(), shape.vocabulary());
    long weights =
        Math.max(
            Products.partials(precision, shape.gates(), shape.hidden(), tokens),
            Products.partials(precision, shape.vocabulary(), shape.hidden(), tokens));
    long symbols = SymbolGradient.partialBytes(tokens, shape.vocabulary(), shape.gates());
    long biases = ColumnSums.partialBytes(tokens, widest);
    return Math.max(weights * Float.BYTES, Math.max(symbols, biases));
  }

  /** {@code gradient of weight [rows,H] = above [T·B,rows]ᵀ · below [T·B,H]}. */
  private void addWeights(LaunchList list, int weight, Factor above, int rows, Factor below) {
    long target = gradients.at(weight);
    Products.setLeftTransposed(
        list, target, above, below, rows, shape.hidden(), a.tokens(), partials.address());
  }

  private void addBiases(LaunchList list, int bias, long copy, long values, int columns) {
    long target = gradients.at(bias);
    ColumnSums.add(list, target, copy, values, a.tokens(), columns, partials.address());
  }

  /** The weights of the one-hot input. */
  private void addSymbols(LaunchList list) {
    SymbolGradient.add(
        list,
        gradients.at(shape.inputWeight(0)),
        a.gates(0, 0),
        tokens,
        a.tokens(),
        shape.vocabulary(),
        shape.gates(),
        partials.address());
  }
}
