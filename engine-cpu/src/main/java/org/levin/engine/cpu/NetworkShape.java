package org.levin.engine.cpu;

import java.util.List;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterLayout;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** The sizes of a network, and where its tensors lie in the array of all parameters. */
record NetworkShape(
    LstmArchitecture architecture,
    int vocabulary,
    List<ParameterTensor> tensors,
    int unitWidth,
    int symbolWidth)
    implements ParameterLayout {
  /** Strips of units and of symbols have the widths that the kernels like. */
  static NetworkShape of(Parameters parameters, Kernels kernels) {
    return new NetworkShape(
        parameters.architecture(),
        parameters.vocabularySize(),
        parameters.tensors(),
        kernels.stripWidth(parameters.architecture().hiddenSize()),
        kernels.stripWidth(parameters.vocabularySize()));
  }
}
