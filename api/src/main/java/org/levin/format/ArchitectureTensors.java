package org.levin.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/** Finds the tensors of an architecture in a file, whatever their order. */
final class ArchitectureTensors {
  private ArchitectureTensors() {}

  /**
   * Returns the parameters.
   *
   * @throws DamagedFileException if a tensor is missing, has another shape or a value that is not
   *     finite, or belongs to no place of the architecture
   */
  static Parameters read(Path file, Safetensors content, LstmArchitecture architecture, int symbols)
      throws DamagedFileException {
    List<ParameterTensor> layout;
    try {
      layout = architecture.tensors(symbols);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), e);
    }
    List<String> names = new ArrayList<>(content.tensors().stream().map(Tensor::name).toList());
    float[] values = new float[layout.getLast().end()];
    for (ParameterTensor expected : layout) {
      Tensor tensor =
          content
              .tensor(expected.name())
              .orElseThrow(
                  () ->
                      new DamagedFileException(
                          file, "the tensor " + expected.name() + " is missing"));
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
      System.arraycopy(tensor.values(), 0, values, expected.offset(), tensor.values().length);
      names.remove(tensor.name());
    }
    if (!names.isEmpty()) {
      throw new DamagedFileException(file, "unexpected tensors: " + String.join(", ", names));
    }
    try {
      return Parameters.of(architecture, symbols, values);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, "expected finite parameters, but " + e.getMessage(), e);
    }
  }
}
