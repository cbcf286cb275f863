package org.levin.model;

import java.util.ArrayList;
import java.util.List;
import org.levin.internal.Arguments;

/**
 * A stack of LSTM layers and a linear layer over the last one.
 *
 * @param layers {@code L}, at least 1
 * @param hiddenSize {@code H}, units of each layer, at least 1
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter &amp; Schmidhuber (1997)</a>
 */
public record LstmArchitecture(int layers, int hiddenSize) {
  /** An array of Java holds no more, and all parameters live in one. */
  private static final long MAX_PARAMETERS = Integer.MAX_VALUE - 8;

  /** Checks the sizes. */
  public LstmArchitecture {
    Arguments.atLeast(1, layers, "layers");
    Arguments.atLeast(1, hiddenSize, "hiddenSize");
  }

  /** Returns the architecture of {@code layers} layers of {@code hiddenSize} units each. */
  public static LstmArchitecture of(int layers, int hiddenSize) {
    return new LstmArchitecture(layers, hiddenSize);
  }

  /**
   * Returns the parameter tensors over a vocabulary of {@code V} symbols, in the one order in which
   * everything lists them: layer by layer {@code weight_ih, weight_hh, bias_ih, bias_hh}, then
   * {@code fc.weight, fc.bias}.
   *
   * @throws IllegalArgumentException if the parameters do not fit into one array (2<sup>31</sup> -
   *     9)
   */
  public List<ParameterTensor> tensors(int vocabularySize) {
    Arguments.atLeast(1, vocabularySize, "vocabularySize");
    Arguments.require(
        parameterCount(vocabularySize) <= MAX_PARAMETERS,
        "%d layers of %d units over %d symbols have more parameters than fit into memory (%d)",
        layers,
        hiddenSize,
        vocabularySize,
        MAX_PARAMETERS);
    List<ParameterTensor> tensors = new ArrayList<>();
    int gates = 4 * hiddenSize;
    for (int layer = 0; layer < layers; layer++) {
      append(tensors, "lstm.weight_ih_l" + layer, gates, layer == 0 ? vocabularySize : hiddenSize);
      append(tensors, "lstm.weight_hh_l" + layer, gates, hiddenSize);
      append(tensors, "lstm.bias_ih_l" + layer, gates);
      append(tensors, "lstm.bias_hh_l" + layer, gates);
    }
    append(tensors, "fc.weight", vocabularySize, hiddenSize);
    append(tensors, "fc.bias", vocabularySize);
    return List.copyOf(tensors);
  }

  /**
   * Returns the number of parameters over a vocabulary of {@code V} symbols; saturates at {@link
   * Long#MAX_VALUE}.
   */
  public long parameterCount(int vocabularySize) {
    double h = hiddenSize;
    double estimate =
        4 * h * (vocabularySize + h + 2)
            + (layers - 1.0) * 4 * h * (2 * h + 2)
            + vocabularySize * (h + 1);
    if (estimate > Long.MAX_VALUE / 2.0) {
      return Long.MAX_VALUE;
    }
    long gates = 4L * hiddenSize;
    long first = gates * (vocabularySize + (long) hiddenSize + 2);
    long others = (layers - 1) * gates * (2L * hiddenSize + 2);
    return first + others + vocabularySize * (hiddenSize + 1L);
  }

  private static void append(List<ParameterTensor> tensors, String name, int... shape) {
    int offset = tensors.isEmpty() ? 0 : tensors.getLast().end();
    tensors.add(
        new ParameterTensor(
            name, shape.length == 1 ? List.of(shape[0]) : List.of(shape[0], shape[1]), offset));
  }
}
