package org.levin.benchmarks.race;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import org.levin.model.Parameters;

/** The training loop that a PyTorch user would write. */
final class TorchTraining implements Entrant {
  private final TorchNetwork network;
  private final TorchAdam adam;
  private final BatchCycle batches;
  private final Shape shape;
  private final int perRound;
  private final double dropout;
  private double loss;

  TorchTraining(Parameters first, Shape shape, BatchCycle batches, int perRound, double dropout) {
    this.network = new TorchNetwork(first, shape.rows(), true);
    this.adam = new TorchAdam(network);
    this.shape = shape;
    this.batches = batches;
    this.perRound = perRound;
    this.dropout = dropout;
  }

  @Override
  public double round() {
    for (int i = 0; i < perRound; i++) {
      step();
    }
    return (double) perRound * shape.characters();
  }

  private void step() {
    if (batches.startsAnew()) {
      network.reset();
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray mean = network.loss(batches.next(), dropout);
        gradients.backward(mean);
        loss = mean.getFloat();
      }
      adam.update();
    }
  }

  /** Returns the loss of the last step, before its update. */
  double loss() {
    return loss;
  }

  @Override
  public void close() {
    network.close();
  }
}
