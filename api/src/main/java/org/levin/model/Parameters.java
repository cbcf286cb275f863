package org.levin.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.levin.internal.Arguments;

/**
 * All parameters of a network, in one array: immutable, so that models, networks and threads may
 * share it.
 */
public final class Parameters {
  private final LstmArchitecture architecture;
  private final int vocabularySize;
  private final List<ParameterTensor> tensors;
  private final float[] values;

  private Parameters(
      LstmArchitecture architecture,
      int vocabularySize,
      List<ParameterTensor> tensors,
      float[] values) {
    this.architecture = architecture;
    this.vocabularySize = vocabularySize;
    this.tensors = tensors;
    this.values = values;
  }

  /**
   * Returns the parameters with these values.
   *
   * @param values every tensor of {@link LstmArchitecture#tensors} in its order, row-major; copied
   * @throws IllegalArgumentException if the length differs, or a value is not finite (the message
   *     names the tensor)
   */
  public static Parameters of(LstmArchitecture architecture, int vocabularySize, float[] values) {
    int expected = architecture.tensors(vocabularySize).getLast().end();
    Arguments.require(
        values.length == expected, "expected %d parameters, but got %d", expected, values.length);
    return filled(
        architecture, vocabularySize, target -> System.arraycopy(values, 0, target, 0, expected));
  }

  /**
   * Returns the parameters that {@code filling} writes, without another copy of them all: a model
   * may take most of the memory.
   *
   * @param filling is given the array of all parameters, every tensor of {@link
   *     LstmArchitecture#tensors} in its order, row-major; must not keep it
   * @throws IllegalArgumentException if a value is not finite (the message names the tensor)
   */
  public static Parameters filled(
      LstmArchitecture architecture, int vocabularySize, Consumer<float[]> filling) {
    List<ParameterTensor> tensors = architecture.tensors(vocabularySize);
    float[] values = new float[tensors.getLast().end()];
    filling.accept(values);
    tensors.forEach(tensor -> requireFinite(tensor, values));
    return new Parameters(architecture, vocabularySize, tensors, values);
  }

  private static void requireFinite(ParameterTensor tensor, float[] values) {
    int end = tensor.end();
    for (int i = tensor.offset(); i < end; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s has the value %s at %d".formatted(tensor.name(), values[i], i - tensor.offset()));
      }
    }
  }

  /** Returns the architecture that these parameters belong to. */
  public LstmArchitecture architecture() {
    return architecture;
  }

  /** Returns {@code V}, the number of symbols. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** Returns the tensors in their order. */
  public List<ParameterTensor> tensors() {
    return tensors;
  }

  /** Returns the number of parameters. */
  public int count() {
    return values.length;
  }

  /** Returns a copy of all values. */
  public float[] toArray() {
    return values.clone();
  }

  /** Returns a copy of one tensor's values. */
  public float[] toArray(ParameterTensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.end());
  }
}
