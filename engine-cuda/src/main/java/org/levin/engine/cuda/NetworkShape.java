package org.levin.engine.cuda;

import java.util.List;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterLayout;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** The sizes of a network, and where its tensors lie in the array of all parameters. */
record NetworkShape(LstmArchitecture architecture, int vocabulary, List<ParameterTensor> tensors)
    implements ParameterLayout {
  static NetworkShape of(Parameters parameters) {
    return new NetworkShape(
        parameters.architecture(), parameters.vocabularySize(), parameters.tensors());
  }
}
