package org.levin.engine.cpu;

import java.util.List;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** The sizes of a network, and where its tensors lie in the array of all parameters. */
record NetworkShape(
    LstmArchitecture architecture,
    int vocabulary,
    List<ParameterTensor> tensors,
    int unitWidth,
    int symbolWidth) {
  /** i, f, g, o. */
  static final int GATES = 4;

  private static final int TENSORS_PER_LAYER = 4;

  /** Strips of units and of symbols have the widths that the kernels like. */
  static NetworkShape of(Parameters parameters, Kernels kernels) {
    return new NetworkShape(
        parameters.architecture(),
        parameters.vocabularySize(),
        parameters.tensors(),
        kernels.stripWidth(parameters.architecture().hiddenSize()),
        kernels.stripWidth(parameters.vocabularySize()));
  }

  int layers() {
    return architecture.layers();
  }

  int hidden() {
    return architecture.hiddenSize();
  }

  /** {@code 4H}, the pre-activations of a row. */
  int gates() {
    return GATES * hidden();
  }

  /** {@code weight_ih [4H, V or H]}. */
  int inputWeight(int layer) {
    return tensors.get(TENSORS_PER_LAYER * layer).offset();
  }

  /** {@code weight_hh [4H,H]}. */
  int recurrentWeight(int layer) {
    return tensors.get(TENSORS_PER_LAYER * layer + 1).offset();
  }

  /** {@code bias_ih [4H]}. */
  int inputBias(int layer) {
    return tensors.get(TENSORS_PER_LAYER * layer + 2).offset();
  }

  /** {@code bias_hh [4H]}. */
  int recurrentBias(int layer) {
    return tensors.get(TENSORS_PER_LAYER * layer + 3).offset();
  }

  /** {@code fc.weight [V,H]}. */
  int outputWeight() {
    return tensors.get(TENSORS_PER_LAYER * layers()).offset();
  }

  /** {@code fc.bias [V]}. */
  int outputBias() {
    return tensors.get(TENSORS_PER_LAYER * layers() + 1).offset();
  }

  /** The number of all parameters. */
  int parameters() {
    return tensors.getLast().end();
  }
}
