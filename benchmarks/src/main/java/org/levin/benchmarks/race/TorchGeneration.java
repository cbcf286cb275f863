package org.levin.benchmarks.race;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.levin.model.Parameters;

/** One text in the making with libtorch: a step of {@code [1,1]}, a softmax, a draw. */
final class TorchGeneration implements Entrant {
  private final TorchNetwork network;
  private final NDArray[] symbols;
  private final SplittableRandom random = new SplittableRandom(Recipe.SEED);
  private final int perRound;
  private int last;

  TorchGeneration(Parameters parameters, int perRound) {
    this.network = new TorchNetwork(parameters, 1, false);
    this.perRound = perRound;
    this.symbols =
        IntStream.range(0, parameters.vocabularySize())
            .mapToObj(id -> network.oneHot(new int[] {id}))
            .toArray(NDArray[]::new);
  }

  @Override
  public double round() {
    for (int i = 0; i < perRound; i++) {
      next();
    }
    return perRound;
  }

  /** Draws a symbol, and returns its id. */
  int next() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      last = draw(network.logits(symbols[last], 0).softmax(-1).toFloatArray());
      return last;
    }
  }

  /** A few dozen numbers: Java draws faster than a call into libtorch would begin to. */
  private int draw(float[] probabilities) {
    double left = random.nextDouble();
    for (int v = 0; v < probabilities.length; v++) {
      left -= probabilities[v];
      if (left < 0) {
        return v;
      }
    }
    return probabilities.length - 1;
  }

  @Override
  public void close() {
    network.close();
  }
}
