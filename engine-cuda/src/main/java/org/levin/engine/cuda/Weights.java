package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.product.Factor;
import org.levin.engine.cuda.product.FactorMatrix;

/** The parameters on the device, and what is derived from them. */
final class Weights {
  /** All parameters, in their order. */
  final DeviceMemory values;

  /** {@code [V,4H]}: what a symbol brings to the pre-activations of layer 0, with both biases. */
  final DeviceMemory table;

  /** {@code [L,4H]}: the sums of both biases; those of layer 0 are in the table. */
  private final DeviceMemory biases;

  /** {@code [4H,H]} for each layer. */
  private final FactorMatrix[] recurrent;

  /** Likewise, for each layer above layer 0. */
  private final FactorMatrix[] input;

  /** {@code [V,H]}. */
  private final FactorMatrix output;

  private final NetworkShape shape;

  Weights(NetworkShape shape, float[] parameters, KernelLibrary library, DeviceScope scope) {
    this.shape = shape;
    values = scope.floats(parameters.length);
    table = scope.floats((long) shape.vocabulary() * shape.gates());
    biases = scope.floats((long) shape.layers() * shape.gates());
    recurrent = new FactorMatrix[shape.layers()];
    input = new FactorMatrix[shape.layers()];
    for (int layer = 0; layer < shape.layers(); layer++) {
      recurrent[layer] = matrix(shape.recurrentWeight(layer), shape.gates(), library, scope);
      if (layer > 0) {
        input[layer] = matrix(shape.inputWeight(layer), shape.gates(), library, scope);
      }
    }
    output = matrix(shape.outputWeight(), shape.vocabulary(), library, scope);
    scope.context().upload(parameters, values.address());
    try (LaunchList list = new LaunchList(library)) {
      refresh(list);
      list.run();
    }
  }

  /** Returns the address of {@code [4H]}, the sums of both biases of a layer above layer 0. */
  long biases(int layer) {
    return biases.at((long) layer * shape.gates());
  }

  private FactorMatrix matrix(int offset, int rows, KernelLibrary library, DeviceScope scope) {
    return new FactorMatrix(values.at(offset), rows, shape.hidden(), library.precision(), scope);
  }

  /** Returns {@code [4H,H]}, what is multiplied with a layer's hidden state. */
  Factor recurrent(int layer) {
    return recurrent[layer].from(0);
  }

  /** Returns {@code [4H,H]}, what is multiplied with the output of the layer below. */
  Factor input(int layer) {
    return input[layer].from(0);
  }

  /** Returns {@code [V,H]}, what is multiplied with the output of the last layer. */
  Factor output() {
    return output.from(0);
  }

  /** Adds what follows every change of the parameters. */
  void refresh(LaunchList list) {
    list.each(
        Kernel.INPUT_TABLE,
        (long) shape.vocabulary() * shape.gates(),
        table.address(),
        values.at(shape.inputWeight(0)),
        values.at(shape.inputBias(0)),
        values.at(shape.recurrentBias(0)),
        shape.vocabulary(),
        shape.gates());
    output.changed(list, 0, shape.vocabulary());
    recurrent[0].changed(list, 0, shape.gates());
    for (int layer = 1; layer < shape.layers(); layer++) {
      recurrent[layer].changed(list, 0, shape.gates());
      input[layer].changed(list, 0, shape.gates());
      list.each(
          Kernel.ADD_BIASES,
          shape.gates(),
          biases(layer),
          values.at(shape.inputBias(layer)),
          values.at(shape.recurrentBias(layer)),
          shape.gates());
    }
  }
}
