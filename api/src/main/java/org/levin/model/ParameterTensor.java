package org.levin.model;

import java.util.List;

/**
 * Where one parameter tensor lies in the array of all parameters.
 *
 * @param name PyTorch's name, such as {@code lstm.weight_ih_l0}
 * @param shape its dimensions, row-major
 * @param offset index of its first element
 */
public record ParameterTensor(String name, List<Integer> shape, int offset) {

  /** Takes a copy of the shape. */
  public ParameterTensor {
    shape = List.copyOf(shape);
  }

  /** Returns the number of elements. */
  public int length() {
    int length = 1;
    for (int dimension : shape) {
      length = Math.multiplyExact(length, dimension);
    }
    return length;
  }

  /** Returns the index after its last element. */
  public int end() {
    return offset + length();
  }
}
