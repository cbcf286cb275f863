package org.levin.model;

import java.util.List;

/**
 * Where the tensors of a network lie in the array of all its parameters; offsets of their first
 * values, in the order of {@link LstmArchitecture#tensors}. Shapes: {@code V} symbols, {@code H}
 * hidden units.
 */
public interface ParameterLayout {
  /** The gates of a cell: i, f, g, o. */
  int GATES = 4;

  /** What a layer has: two weights and two biases. */
  int TENSORS_PER_LAYER = 4;

  /** Returns layers and hidden units. */
  LstmArchitecture architecture();

  /** Returns all tensors, in their one order. */
  List<ParameterTensor> tensors();

  /** Returns the number of layers. */
  default int layers() {
    return architecture().layers();
  }

  /** Returns {@code H}. */
  default int hidden() {
    return architecture().hiddenSize();
  }

  /** Returns {@code 4H}, the pre-activations of a row. */
  default int gates() {
    return GATES * hidden();
  }

  /** Returns the offset of {@code weight_ih [4H, V or H]}. */
  default int inputWeight(int layer) {
    return tensors().get(TENSORS_PER_LAYER * layer).offset();
  }

  /** Returns the offset of {@code weight_hh [4H,H]}. */
  default int recurrentWeight(int layer) {
    return tensors().get(TENSORS_PER_LAYER * layer + 1).offset();
  }

  /** Returns the offset of {@code bias_ih [4H]}. */
  default int inputBias(int layer) {
    return tensors().get(TENSORS_PER_LAYER * layer + 2).offset();
  }

  /** Returns the offset of {@code bias_hh [4H]}. */
  default int recurrentBias(int layer) {
    return tensors().get(TENSORS_PER_LAYER * layer + 3).offset();
  }

  /** Returns the offset of {@code fc.weight [V,H]}. */
  default int outputWeight() {
    return tensors().get(TENSORS_PER_LAYER * layers()).offset();
  }

  /** Returns the offset of {@code fc.bias [V]}. */
  default int outputBias() {
    return tensors().get(TENSORS_PER_LAYER * layers() + 1).offset();
  }

  /** Returns the number of all parameters. */
  default int parameters() {
    return tensors().getLast().end();
  }
}
