package org.levin.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import org.levin.corpus.Batch;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * An LSTM with a linear layer as PyTorch computes it: libtorch's own {@code lstm} over one-hot
 * inputs, its softmax, and its gradients. The optimizer's few lines, which libtorch leaves to
 * Python, are {@link AdamSteps}.
 */
final class TorchLstm implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  private final LstmArchitecture architecture;
  private final int vocabulary;
  private final List<ParameterTensor> layout;
  private final List<NDArray> parameters = new ArrayList<>();

  /** {@code [L,B,H]}, as PyTorch has it. */
  private NDArray hidden;

  private NDArray cell;

  /**
   * What a batch gave.
   *
   * @param loss mean cross-entropy in nats
   * @param logits {@code [B,T,V]}
   * @param logProbabilities {@code [B,T,V]}
   * @param gradients in the order of {@link Parameters}
   */
  record Result(double loss, float[] logits, float[] logProbabilities, float[] gradients) {}

  TorchLstm(Parameters first, int rows) {
    architecture = first.architecture();
    vocabulary = first.vocabularySize();
    layout = first.tensors();
    for (ParameterTensor tensor : layout) {
      long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
      NDArray array = manager.create(first.toArray(tensor), new Shape(shape));
      array.setRequiresGradient(true);
      parameters.add(array);
    }
    reset(rows);
  }

  /** Sets the state to zero. */
  void reset(int rows) {
    int size = architecture.layers() * rows * architecture.hiddenSize();
    set(new float[size], new float[size], rows);
  }

  /** Sets the state, {@code [L,B,H]}. */
  void set(float[] newHidden, float[] newCell, int rows) {
    Shape shape = new Shape(architecture.layers(), rows, architecture.hiddenSize());
    hidden = manager.create(newHidden, shape);
    cell = manager.create(newCell, shape);
  }

  float[] hidden() {
    return hidden.toFloatArray();
  }

  float[] cell() {
    return cell.toFloatArray();
  }

  /** Replaces the parameters. */
  void update(float[] values) {
    for (int i = 0; i < layout.size(); i++) {
      ParameterTensor tensor = layout.get(i);
      parameters
          .get(i)
          .set(
              java.nio.FloatBuffer.wrap(values, tensor.offset(), tensor.end() - tensor.offset())
                  .slice());
    }
  }

  /** Runs a batch, whose state goes on to the next; dropout 0. */
  Result run(Batch batch) {
    try (NDManager scratch = manager.newSubManager();
        GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
      gradients.zeroGradients();
      Shape shape = new Shape(batch.rows(), batch.steps());
      NDArray inputs = scratch.create(batch.inputs(), shape).oneHot(vocabulary, DataType.FLOAT32);
      NDList out =
          inputs
              .getNDArrayInternal()
              .lstm(
                  inputs,
                  new NDList(hidden, cell),
                  new NDList(parameters.subList(0, parameters.size() - 2)),
                  true,
                  architecture.layers(),
                  0,
                  true,
                  false,
                  true);
      NDArray logits =
          out.get(0)
              .getNDArrayInternal()
              .getArray()
              .matMul(parameters.get(parameters.size() - 2).transpose())
              .add(parameters.getLast());
      NDArray logProbabilities = logits.logSoftmax(-1);
      NDArray targets = scratch.create(batch.targets(), shape).oneHot(vocabulary, DataType.FLOAT32);
      NDArray loss =
          logProbabilities.mul(targets).sum().div((float) batch.rows() * batch.steps()).neg();
      gradients.backward(loss);
      Result result =
          new Result(
              loss.getFloat(), logits.toFloatArray(), logProbabilities.toFloatArray(), gradients());
      float[] nextHidden = out.get(1).toFloatArray();
      float[] nextCell = out.get(2).toFloatArray();
      set(nextHidden, nextCell, batch.rows());
      return result;
    }
  }

  private float[] gradients() {
    float[] all = new float[layout.getLast().end()];
    for (int i = 0; i < layout.size(); i++) {
      float[] one = parameters.get(i).getGradient().toFloatArray();
      System.arraycopy(one, 0, all, layout.get(i).offset(), one.length);
    }
    return all;
  }

  @Override
  public void close() {
    manager.close();
  }
}
