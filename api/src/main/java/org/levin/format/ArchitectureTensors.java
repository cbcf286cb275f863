package org.levin.format;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** Takes the tensors of an architecture out of a file, whatever their order. */
final class ArchitectureTensors {
  private final Path file;
  private final Safetensors content;
  private final LstmArchitecture architecture;
  private final int symbols;
  private final List<ParameterTensor> layout;
  private final Set<String> left = new LinkedHashSet<>();

  /**
   * Looks at the sizes.
   *
   * @throws DamagedFileException if the architecture is beyond what an array holds
   */
  ArchitectureTensors(Path file, Safetensors content, LstmArchitecture architecture, int symbols)
      throws DamagedFileException {
    this.file = file;
    this.content = content;
    this.architecture = architecture;
    this.symbols = symbols;
    try {
      layout = architecture.tensors(symbols);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), e);
    }
    content.tensors().forEach(tensor -> left.add(tensor.name()));
  }

  /**
   * Takes the tensors whose names begin with {@code prefix}.
   *
   * @throws DamagedFileException if one is missing, or has another shape or a value that is not
   *     finite
   */
  Parameters take(String prefix) throws DamagedFileException {
    float[] values = new float[layout.getLast().end()];
    for (ParameterTensor expected : layout) {
      float[] part = take(prefix + expected.name(), expected.shape());
      System.arraycopy(part, 0, values, expected.offset(), part.length);
    }
    try {
      return Parameters.of(architecture, symbols, values);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(
          file, "expected finite parameters, but " + prefix + e.getMessage(), e);
    }
  }

  /**
   * Takes a tensor.
   *
   * @throws DamagedFileException if it is missing or has another shape
   */
  float[] take(String name, List<Integer> shape) throws DamagedFileException {
    Tensor tensor =
        content
            .tensor(name)
            .orElseThrow(
                () -> new DamagedFileException(file, "the tensor " + name + " is missing"));
    if (!tensor.shape().equals(shape)) {
      throw new DamagedFileException(
          file, "the tensor " + name + " has the shape " + tensor.shape() + ", expected " + shape);
    }
    left.remove(name);
    return tensor.values();
  }

  /** Returns whether a tensor has not been taken yet whose name begins with {@code prefix}. */
  boolean hasLeft(String prefix) {
    return left.stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** Throws {@link DamagedFileException} if a tensor was not taken: it belongs to no place. */
  void requireNothingLeft() throws DamagedFileException {
    if (!left.isEmpty()) {
      throw new DamagedFileException(file, "unexpected tensors: " + String.join(", ", left));
    }
  }
}
