package org.levin.engine.cuda;

import java.util.List;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** The sizes of a network, and where its tensors lie in the array of all parameters. */
record NetworkShape(LstmArchitecture architecture, int vocabulary, List<ParameterTensor> tensors) {
  private static final int GATES = 4;
  private static final int TENSORS_PER_LAYER = 4;

  static NetworkShape of(Parameters parameters) {
    return new NetworkShape(
        parameters.architecture(), parameters.vocabularySize(), parameters.tensors());
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
