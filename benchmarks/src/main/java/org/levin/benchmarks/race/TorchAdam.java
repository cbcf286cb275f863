package org.levin.benchmarks.race;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.levin.engine.Adam;

/**
 * {@code clip_grad_norm_} and Adam in libtorch's own operations, in place: of the gradients only
 * their norms reach Java.
 */
final class TorchAdam {
  private static final double CLIP_EPSILON = 1e-6;
  private static final Adam ADAM = Adam.DEFAULT;

  private final List<NDArray> weights;
  private final List<NDList> moments = new ArrayList<>();
  private int step;

  TorchAdam(TorchNetwork network) {
    weights = network.weights();
    for (NDArray weight : weights) {
      moments.add(
          new NDList(
              network.manager.zeros(weight.getShape()), network.manager.zeros(weight.getShape())));
    }
  }

  /** Updates the weights by their gradients, and sets those to zero. */
  void update() {
    step++;
    List<NDArray> gradients = weights.stream().map(NDArray::getGradient).toList();
    double squares = 0;
    for (NDArray gradient : gradients) {
      double norm = gradient.norm().getFloat();
      squares += norm * norm;
    }
    double scale = Math.min(1, Recipe.CLIP_NORM / (Math.sqrt(squares) + CLIP_EPSILON));
    double secondBias = Math.sqrt(1 - Math.pow(ADAM.beta2(), step));
    double rate = Recipe.LEARNING_RATE * secondBias / (1 - Math.pow(ADAM.beta1(), step));
    for (int i = 0; i < weights.size(); i++) {
      JniUtils.adamUpdate(
          (PtNDArray) weights.get(i),
          (PtNDArray) gradients.get(i),
          (PtNDArray) moments.get(i).get(0),
          (PtNDArray) moments.get(i).get(1),
          (float) Recipe.LEARNING_RATE,
          (float) rate,
          0,
          (float) scale,
          -1,
          (float) ADAM.beta1(),
          (float) ADAM.beta2(),
          (float) (ADAM.epsilon() * secondBias),
          false);
      JniUtils.zeroGrad((PtNDArray) weights.get(i));
    }
  }
}
