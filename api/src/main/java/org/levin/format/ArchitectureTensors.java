package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** Takes the tensors of an architecture out of a file, whatever their order. */
final class ArchitectureTensors {
  private static final int NAMES_SHOWN = 5;

  private final Path file;
  private final LstmArchitecture architecture;
  private final int symbols;
  private final List<ParameterTensor> layout;
  private final Map<String, Tensor> left;

  /**
   * Looks at the sizes.
   *
   * @throws DamagedFileException if the architecture is beyond what an array holds
   */
  ArchitectureTensors(Path file, Safetensors content, LstmArchitecture architecture, int symbols)
      throws DamagedFileException {
    this.file = file;
    this.architecture = architecture;
    this.symbols = symbols;
    try {
      layout = architecture.tensors(symbols);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), e);
    }
    left = content.byName();
  }

  /**
   * Takes the tensors whose names begin with {@code prefix}.
   *
   * @throws DamagedFileException if one is missing, or has another shape or a value that is not
   *     finite
   * @throws IOException if there is no memory for them
   */
  Parameters take(String prefix) throws IOException {
    List<float[]> parts = new ArrayList<>();
    for (ParameterTensor expected : layout) {
      parts.add(take(prefix + expected.name(), expected.shape()));
    }
    try {
      return Memory.allocate(
          file,
          "the network",
          (long) layout.getLast().end() * Float.BYTES,
          () -> Parameters.filled(architecture, symbols, values -> copy(parts, values)));
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(
          file, "expected finite parameters, but " + prefix + e.getMessage(), e);
    }
  }

  private static void copy(List<float[]> parts, float[] target) {
    int offset = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, target, offset, part.length);
      offset += part.length;
    }
  }

  /**
   * Takes a tensor.
   *
   * @throws DamagedFileException if it is missing or has another shape
   */
  float[] take(String name, List<Integer> shape) throws DamagedFileException {
    Tensor tensor = left.remove(name);
    if (tensor == null) {
      throw new DamagedFileException(file, "the tensor " + name + " is missing");
    }
    if (!tensor.shape().equals(shape)) {
      throw new DamagedFileException(
          file, "the tensor " + name + " has the shape " + tensor.shape() + ", expected " + shape);
    }
    return tensor.values();
  }

  /** Returns whether a tensor has not been taken yet whose name begins with {@code prefix}. */
  boolean hasLeft(String prefix) {
    return left.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** Throws {@link DamagedFileException} if a tensor was not taken: it belongs to no place. */
  void requireNothingLeft() throws DamagedFileException {
    if (!left.isEmpty()) {
      throw new DamagedFileException(file, "unexpected tensors: " + shown(left.keySet()));
    }
  }

  /** Returns the first names, for a message: a file may have a million. */
  static String shown(Collection<String> names) {
    String first = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    return names.size() > NAMES_SHOWN ? first + ", ..." : first;
  }
}
