package org.levin.benchmarks.race;

import java.util.SplittableRandom;
import org.levin.model.Parameters;

/** One text in the making with libtorch: a step, a softmax, a draw, without gradients. */
final class TorchGeneration implements Entrant {
  private final TorchCells network;
  private final SplittableRandom random = new SplittableRandom(Recipe.SEED);
  private final int perRound;
  private int last;

  TorchGeneration(Parameters parameters, int perRound) {
    this.network = new TorchCells(parameters);
    this.perRound = perRound;
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
    last = draw(network.probabilities(last));
    return last;
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
