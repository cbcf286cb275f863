package org.levin.benchmarks.race;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * A network that libtorch runs one character at a time, as a user of {@code nn.LSTMCell} would
 * build it. {@code nn.LSTM} gives the same numbers several times as slowly: it lays out its weights
 * anew in every call.
 */
final class TorchCells implements AutoCloseable {
  private static final int TENSORS_PER_LAYER = 4;
  private static final int GATES = 4;

  private final NDManager manager = NDManager.newBaseManager();
  private final List<NDArray> weights = new ArrayList<>();
  private final NDArray[] symbols;
  private final NDArray[] hidden;
  private final NDArray[] cell;

  TorchCells(Parameters parameters) {
    for (ParameterTensor tensor : parameters.tensors()) {
      long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
      weights.add(manager.create(parameters.toArray(tensor), new Shape(shape)));
    }
    symbols =
        IntStream.range(0, parameters.vocabularySize())
            .mapToObj(
                id ->
                    manager
                        .create(new int[] {id})
                        .oneHot(parameters.vocabularySize(), DataType.FLOAT32))
            .toArray(NDArray[]::new);
    hidden = new NDArray[parameters.architecture().layers()];
    cell = new NDArray[hidden.length];
    for (int layer = 0; layer < hidden.length; layer++) {
      hidden[layer] = manager.zeros(new Shape(1, parameters.architecture().hiddenSize()));
      cell[layer] = manager.zeros(new Shape(1, parameters.architecture().hiddenSize()));
    }
  }

  /** Reads a symbol, and returns the probabilities of the next. */
  float[] probabilities(int id) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray output = symbols[id];
      for (int layer = 0; layer < hidden.length; layer++) {
        output = step(layer, output);
      }
      return linear(output, weights.size() - 2, weights.size() - 1).softmax(-1).toFloatArray();
    }
  }

  private NDArray step(int layer, NDArray input) {
    int first = layer * TENSORS_PER_LAYER;
    NDArray sum = linear(input, first, first + 2).addi(linear(hidden[layer], first + 1, first + 3));
    NDList gates = sum.split(GATES, 1);
    NDArray kept = Activation.sigmoid(gates.get(1)).muli(cell[layer]);
    NDArray added = Activation.sigmoid(gates.get(0)).muli(gates.get(2).tanh());
    NDArray newCell = kept.addi(added);
    NDArray newHidden = Activation.sigmoid(gates.get(3)).muli(newCell.tanh());
    NDScope.unregister(newCell, newHidden);
    cell[layer].close();
    hidden[layer].close();
    cell[layer] = newCell;
    hidden[layer] = newHidden;
    return newHidden;
  }

  private NDArray linear(NDArray input, int weight, int bias) {
    return Linear.linear(input, weights.get(weight), weights.get(bias)).singletonOrThrow();
  }

  @Override
  public void close() {
    manager.close();
  }
}
