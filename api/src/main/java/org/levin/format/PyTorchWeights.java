package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/**
 * The state dict of a PyTorch module with an {@code nn.LSTM} named {@code lstm} and an {@code
 * nn.Linear} named {@code fc}, as a safetensors file. Layers and sizes are read off the tensors.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html">PyTorch's LSTM</a>
 */
public final class PyTorchWeights {
  private static final String FIRST = "lstm.weight_ih_l";
  private static final String RECURRENT = "lstm.weight_hh_l0";
  private static final int NAMES_SHOWN = 5;

  private PyTorchWeights() {}

  /**
   * Reads the weights of a network over {@code symbols} symbols.
   *
   * @throws DamagedFileException if the file is damaged, a model of Levin already, or holds other
   *     tensors than such a module has (the message names the tensor, its shape, and what is
   *     expected)
   * @throws IOException if it cannot be read
   */
  public static Parameters read(Path file, int symbols) throws IOException {
    Safetensors content = Safetensors.read(file);
    if (content.metadata().keySet().stream().anyMatch(key -> key.startsWith("levin."))) {
      throw new DamagedFileException(file, "is a model of Levin already; use it as it is");
    }
    int layers = 0;
    while (content.tensor(FIRST + layers).isPresent()) {
      layers++;
    }
    refuseOtherModules(file, content, layers);
    List<Integer> input = matrix(file, content, FIRST + 0);
    List<Integer> recurrent = matrix(file, content, RECURRENT);
    if (input.get(1) != symbols) {
      throw new DamagedFileException(
          file,
          "is for %d symbols (%s0 is %s), but the vocabulary has %d"
              .formatted(input.get(1), FIRST, input, symbols));
    }
    ArchitectureTensors tensors =
        new ArchitectureTensors(
            file, content, LstmArchitecture.of(layers, recurrent.get(1)), symbols);
    Parameters parameters = tensors.take("");
    tensors.requireNothingLeft();
    return parameters;
  }

  private static void refuseOtherModules(Path file, Safetensors content, int layers)
      throws DamagedFileException {
    if (layers == 0) {
      String names =
          content.tensors().stream()
              .limit(NAMES_SHOWN)
              .map(Tensor::name)
              .collect(Collectors.joining(", "));
      throw new DamagedFileException(
          file,
          "has no tensor %s0: expected the state dict of a module with an nn.LSTM named lstm and an nn.Linear named fc, but found %s"
              .formatted(FIRST, names.isEmpty() ? "no tensor" : names));
    }
    for (Tensor tensor : content.tensors()) {
      if (tensor.name().endsWith("_reverse")) {
        throw new DamagedFileException(
            file, "has " + tensor.name() + ": a bidirectional LSTM cannot write a text");
      }
      if (tensor.name().startsWith("lstm.weight_hr_")) {
        throw new DamagedFileException(
            file, "has " + tensor.name() + ": an LSTM with a projection (proj_size) is not known");
      }
    }
  }

  private static List<Integer> matrix(Path file, Safetensors content, String name)
      throws DamagedFileException {
    Tensor tensor =
        content
            .tensor(name)
            .orElseThrow(
                () -> new DamagedFileException(file, "the tensor " + name + " is missing"));
    if (tensor.shape().size() != 2 || tensor.shape().contains(0)) {
      throw new DamagedFileException(
          file,
          "the tensor %s has the shape %s, expected a matrix".formatted(name, tensor.shape()));
    }
    return tensor.shape();
  }
}
