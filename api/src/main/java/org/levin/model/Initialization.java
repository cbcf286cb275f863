package org.levin.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.levin.internal.Philox;

/**
 * First values of the parameters: a function of the seed alone, the same on every engine and
 * machine. For the counters of the random numbers see {@link Philox}.
 */
public enum Initialization {
  /**
   * U(-1/√n, 1/√n), where {@code n} is how many terms a unit sums over the tensor: {@code H}, but 1
   * for the input of the first layer, of which only one symbol is there at a time. So the symbols
   * are heard from the first step on, where {@link #UNIFORM} lets them whisper.
   */
  FAN_IN {
    @Override
    double bound(LstmArchitecture architecture, int tensor) {
      return tensor == INPUT_WEIGHT ? 1 : UNIFORM.bound(architecture, tensor);
    }
  },

  /** U(-1/√H, 1/√H) for every tensor: PyTorch's default. */
  UNIFORM {
    @Override
    double bound(LstmArchitecture architecture, int tensor) {
      return 1 / Math.sqrt(architecture.hiddenSize());
    }
  };

  /** The place of {@code lstm.weight_ih_l0} among the tensors. */
  private static final int INPUT_WEIGHT = 0;

  /** Returns the half-width of the range that a tensor's values are drawn from. */
  abstract double bound(LstmArchitecture architecture, int tensor);

  /** Returns the parameters that a training with this seed starts from. */
  public Parameters parameters(LstmArchitecture architecture, int vocabularySize, long seed) {
    List<ParameterTensor> tensors = architecture.tensors(vocabularySize);
    float[] values = new float[tensors.getLast().end()];
    int[] words = new int[4];
    for (int index = 0; index < tensors.size(); index++) {
      ParameterTensor tensor = tensors.get(index);
      double bound = bound(architecture, index);
      int length = tensor.length();
      for (int i = 0; i < length; i++) {
        if ((i & 3) == 0) {
          Philox.block(seed, i >>> 2, 0, 0, index, words);
        }
        values[tensor.offset() + i] = (float) ((2.0 * Philox.uniform(words[i & 3]) - 1.0) * bound);
      }
    }
    return Parameters.of(architecture, vocabularySize, values);
  }

  /**
   * Returns the name that provenance and the command line know it by: {@code fan-in}, {@code
   * uniform}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the initialization of this label; throws {@link IllegalArgumentException} for another,
   * listing the labels.
   */
  public static Initialization labelled(String label) {
    return Stream.of(values())
        .filter(initialization -> initialization.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "initialization must be one of "
                        + Stream.of(values())
                            .map(Initialization::label)
                            .collect(Collectors.joining(", "))
                        + ", but was \""
                        + label
                        + "\""));
  }
}
