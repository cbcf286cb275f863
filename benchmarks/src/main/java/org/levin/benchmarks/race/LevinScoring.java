package org.levin.benchmarks.race;

import org.levin.model.Parameters;

/** Scoring by the contract of the engines. */
final class LevinScoring implements Entrant {
  private final LevinNetwork levin;
  private final BatchCycle batches;
  private final Shape shape;
  private final int perRound;
  private double loss;

  LevinScoring(Parameters parameters, Shape shape, BatchCycle batches, int perRound, int threads) {
    this.levin = new LevinNetwork(parameters, shape.rows(), threads);
    this.shape = shape;
    this.batches = batches;
    this.perRound = perRound;
  }

  @Override
  public double round() {
    for (int i = 0; i < perRound; i++) {
      if (batches.startsAnew()) {
        levin.state.reset();
      }
      loss = levin.network.loss(batches.next(), levin.state);
    }
    return (double) perRound * shape.characters();
  }

  /** Returns the loss of the last batch. */
  double loss() {
    return loss;
  }

  @Override
  public void close() {
    levin.close();
  }
}
