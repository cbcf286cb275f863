package org.levin.format;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.levin.internal.Arguments;

/**
 * A named array of 32-bit floating-point numbers with a shape.
 *
 * <p>Two tensors are equal if name, shape and values are; values compare as by {@link
 * Arrays#equals(float[], float[])}: every NaN equals every other, and 0 differs from -0.
 *
 * @param name any text but {@code __metadata__}, which safetensors reserves
 * @param shape its dimensions, row-major, each at least 0; at most {@value #MAXIMUM_RANK} of them,
 *     none for a scalar
 * @param values as many as the product of the dimensions; handed over, not copied, and to be
 *     changed by nobody afterwards
 */
public record Tensor(String name, List<Integer> shape, float[] values) {

  /** The most dimensions that a tensor may have, as in NumPy and PyTorch. */
  public static final int MAXIMUM_RANK = 64;

  /**
   * Checks that values and shape agree.
   *
   * @throws IllegalArgumentException if they do not, or the name is reserved
   */
  public Tensor {
    shape = List.copyOf(shape);
    Arguments.require(
        !name.equals(SafetensorsHeader.METADATA), "a tensor cannot be named %s", name);
    Arguments.require(
        shape.size() <= MAXIMUM_RANK,
        "tensor %s has %d dimensions; %d are possible",
        name,
        shape.size(),
        MAXIMUM_RANK);
    Arguments.require(
        isShape(shape), "tensor %s has the shape %s; dimensions are at least 0", name, shape);
    Arguments.require(
        holds(shape, values.length),
        "tensor %s has the shape %s, but %d values",
        name,
        shape,
        values.length);
  }

  /**
   * Returns the tensor of this shape, a scalar without one; {@code values} is handed over, not
   * copied.
   */
  public static Tensor of(String name, float[] values, int... shape) {
    return new Tensor(name, Arrays.stream(shape).boxed().toList(), values);
  }

  private static boolean isShape(List<Integer> shape) {
    for (int dimension : shape) {
      if (dimension < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the product of the dimensions is {@code count}; it may be far beyond a long. */
  private static boolean holds(List<Integer> shape, int count) {
    if (shape.contains(0)) {
      return count == 0;
    }
    long product = 1;
    for (int dimension : shape) {
      product *= dimension;
      if (product > count) {
        return false;
      }
    }
    return product == count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && name.equals(tensor.name)
        && shape.equals(tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, shape, Arrays.hashCode(values));
  }

  /** Returns name and shape, not the values. */
  @Override
  public String toString() {
    return name + " " + shape;
  }
}
