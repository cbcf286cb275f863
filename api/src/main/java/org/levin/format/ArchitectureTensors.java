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

/** Finds the tensors of an architecture in a file, whatever their order. */
final class ArchitectureTensors {
  private static final int NAMES_SHOWN = 5;

  private ArchitectureTensors() {}

  /**
   * Returns the parameters.
   *
   * @throws DamagedFileException if a tensor is missing, has another shape or a value that is not
   *     finite, or belongs to no place of the architecture
   * @throws IOException if there is no memory for them
   */
  static Parameters read(Path file, Safetensors content, LstmArchitecture architecture, int symbols)
      throws IOException {
    List<ParameterTensor> layout;
    try {
      layout = architecture.tensors(symbols);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), e);
    }
    Map<String, Tensor> tensors = content.byName();
    List<Tensor> ordered = new ArrayList<>();
    for (ParameterTensor expected : layout) {
      Tensor tensor = tensors.remove(expected.name());
      if (tensor == null) {
        throw new DamagedFileException(file, "the tensor " + expected.name() + " is missing");
      }
      if (!tensor.shape().equals(expected.shape())) {
        throw new DamagedFileException(
            file,
            "the tensor "
                + tensor.name()
                + " has the shape "
                + tensor.shape()
                + ", expected "
                + expected.shape());
      }
      ordered.add(tensor);
    }
    if (!tensors.isEmpty()) {
      throw new DamagedFileException(file, "unexpected tensors: " + shown(tensors.keySet()));
    }
    try {
      return Memory.allocate(
          file,
          "the network",
          (long) layout.getLast().end() * Float.BYTES,
          () -> Parameters.filled(architecture, symbols, values -> copy(ordered, values)));
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, "expected finite parameters, but " + e.getMessage(), e);
    }
  }

  private static void copy(List<Tensor> tensors, float[] target) {
    int offset = 0;
    for (Tensor tensor : tensors) {
      System.arraycopy(tensor.values(), 0, target, offset, tensor.values().length);
      offset += tensor.values().length;
    }
  }

  /** Returns the first names, for a message: a file may have a million. */
  static String shown(Collection<String> names) {
    String first = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    return names.size() > NAMES_SHOWN ? first + ", ..." : first;
  }
}
