package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;

/** The parameters on the device, and what is derived from them. */
final class Weights {
  /** All parameters, in their order. */
  final DeviceMemory values;

  /** {@code [V,4H]}: what a symbol brings to the pre-activations of layer 0, with both biases. */
  final DeviceMemory table;

  /** {@code [L,4H]}: the sums of both biases; those of layer 0 are in the table. */
  private final DeviceMemory biases;

  private final NetworkShape shape;

  Weights(NetworkShape shape, float[] parameters, KernelLibrary library, DeviceScope scope) {
    this.shape = shape;
    values = scope.floats(parameters.length);
    table = scope.floats((long) shape.vocabulary() * shape.gates());
    biases = scope.floats((long) shape.layers() * shape.gates());
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
    for (int layer = 1; layer < shape.layers(); layer++) {
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
