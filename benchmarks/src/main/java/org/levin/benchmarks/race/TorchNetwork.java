package org.levin.benchmarks.race;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import org.levin.corpus.Batch;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * What a PyTorch user would build: {@code nn.LSTM} over one-hot inputs, {@code nn.Dropout}, {@code
 * nn.Linear}, with a state that is carried on. Calls stand within an {@link NDScope}, which frees
 * what they leave behind.
 */
final class TorchNetwork implements AutoCloseable {
  final NDManager manager = NDManager.newBaseManager();
  private final LstmArchitecture architecture;
  private final int vocabulary;
  private final int rows;
  private final List<NDArray> weights = new ArrayList<>();

  /** {@code [L,B,H]}, as PyTorch has it. */
  private NDArray hidden;

  private NDArray cell;

  TorchNetwork(Parameters parameters, int rows, boolean training) {
    architecture = parameters.architecture();
    vocabulary = parameters.vocabularySize();
    this.rows = rows;
    for (ParameterTensor tensor : parameters.tensors()) {
      long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
      NDArray array = manager.create(parameters.toArray(tensor), new Shape(shape));
      array.setRequiresGradient(training);
      weights.add(array);
    }
    Shape shape = new Shape(architecture.layers(), rows, architecture.hiddenSize());
    hidden = manager.zeros(shape);
    cell = manager.zeros(shape);
  }

  List<NDArray> weights() {
    return weights;
  }

  /** Sets the state to zero. */
  void reset() {
    hidden.muli(0);
    cell.muli(0);
  }

  /** Returns ids {@code [B,T]} as vectors {@code [B,T,V]}. */
  NDArray oneHot(int[] ids) {
    return manager
        .create(ids, new Shape(rows, ids.length / rows))
        .oneHot(vocabulary, DataType.FLOAT32);
  }

  /**
   * Returns the logits {@code [B,T,V]}, and carries the state on.
   *
   * @param dropout between the layers and before the last linear one; 0 to leave it out
   */
  NDArray logits(NDArray inputs, double dropout) {
    boolean training = dropout > 0;
    NDList out =
        inputs
            .getNDArrayInternal()
            .lstm(
                inputs,
                new NDList(hidden, cell),
                new NDList(weights.subList(0, weights.size() - 2)),
                true,
                architecture.layers(),
                dropout,
                training,
                false,
                true);
    carry(out.get(1).stopGradient(), out.get(2).stopGradient());
    NDArray top = out.get(0);
    if (training) {
      top = top.getNDArrayInternal().dropout(top, (float) dropout, true).singletonOrThrow();
    }
    return Linear.linear(top, weights.get(weights.size() - 2), weights.getLast())
        .singletonOrThrow();
  }

  /** Returns the mean cross-entropy of a batch. */
  NDArray loss(Batch batch, double dropout) {
    NDArray logProbabilities = logits(oneHot(batch.inputs()), dropout).logSoftmax(-1);
    NDArray targets =
        manager
            .create(batch.targets(), new Shape(batch.rows(), batch.steps(), 1))
            .toType(DataType.INT64, false);
    return logProbabilities.gather(targets, 2).mean().neg();
  }

  private void carry(NDArray nextHidden, NDArray nextCell) {
    NDScope.unregister(nextHidden, nextCell);
    hidden.close();
    cell.close();
    hidden = nextHidden;
    cell = nextCell;
    hidden.attach(manager);
    cell.attach(manager);
  }

  @Override
  public void close() {
    manager.close();
  }
}
