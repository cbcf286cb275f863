package org.levin.benchmarks.race;

import ai.djl.ndarray.NDScope;
import org.levin.model.Parameters;

/** Scoring with libtorch, without gradients. */
final class TorchScoring implements Entrant {
  private final TorchNetwork network;
  private final BatchCycle batches;
  private final Shape shape;
  private final int perRound;
  private double loss;

  TorchScoring(Parameters parameters, Shape shape, BatchCycle batches, int perRound) {
    this.network = new TorchNetwork(parameters, shape.rows(), false);
    this.shape = shape;
    this.batches = batches;
    this.perRound = perRound;
  }

  @Override
  public double round() {
    for (int i = 0; i < perRound; i++) {
      if (batches.startsAnew()) {
        network.reset();
      }
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        loss = network.loss(batches.next(), 0).getFloat();
      }
    }
    return (double) perRound * shape.characters();
  }

  /** Returns the loss of the last batch. */
  double loss() {
    return loss;
  }

  @Override
  public void close() {
    network.close();
  }
}
