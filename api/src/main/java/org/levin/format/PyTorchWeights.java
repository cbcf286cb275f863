package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Map<String, Tensor> tensors = content.byName();
    int layers = 0;
    while (tensors.containsKey(FIRST + layers)) {
      layers++;
    }
    refuseOtherModules(file, tensors.keySet(), layers);
    List<Integer> input = matrix(file, tensors, FIRST + 0);
    List<Integer> recurrent = matrix(file, tensors, RECURRENT);
    if (input.get(1) != symbols) {
      throw new DamagedFileException(
          file,
          "is for %d symbols (%s0 is %s), but the vocabulary has %d"
              .formatted(input.get(1), FIRST, input, symbols));
    }
    ArchitectureTensors network =
        new ArchitectureTensors(
            file, content, LstmArchitecture.of(layers, recurrent.get(1)), symbols);
    Parameters parameters = network.take("");
    network.requireNothingLeft();
    return parameters;
  }

  private static void refuseOtherModules(Path file, Set<String> names, int layers)
      throws DamagedFileException {
    if (layers == 0) {
      throw new DamagedFileException(
          file,
          "has no tensor %s0: expected the state dict of a module with an nn.LSTM named lstm and an nn.Linear named fc, but found %s"
              .formatted(FIRST, names.isEmpty() ? "no tensor" : ArchitectureTensors.shown(names)));
    }
    for (String name : names) {
      if (name.endsWith("_reverse")) {
        throw new DamagedFileException(
            file, "has " + name + ": a bidirectional LSTM cannot write a text");
      }
      if (name.startsWith("lstm.weight_hr_")) {
        throw new DamagedFileException(
            file, "has " + name + ": an LSTM with a projection (proj_size) is not known");
      }
    }
  }

  private static List<Integer> matrix(Path file, Map<String, Tensor> tensors, String name)
      throws DamagedFileException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new DamagedFileException(file, "the tensor " + name + " is missing");
    }
    if (tensor.shape().size() != 2 || tensor.shape().contains(0)) {
      throw new DamagedFileException(
          file,
          "the tensor %s has the shape %s, expected a matrix".formatted(name, tensor.shape()));
    }
    return tensor.shape();
  }
}
