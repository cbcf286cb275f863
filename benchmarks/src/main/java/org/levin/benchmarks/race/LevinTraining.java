package org.levin.benchmarks.race;

import org.levin.model.Parameters;

/** Training by the contract of the engines. */
final class LevinTraining implements Entrant {
  private final LevinNetwork levin;
  private final BatchCycle batches;
  private final Shape shape;
  private final int perRound;
  private final double dropout;
  private long step;
  private double loss;

  LevinTraining(
      Parameters first,
      Shape shape,
      BatchCycle batches,
      int perRound,
      double dropout,
      int threads) {
    this.levin = new LevinNetwork(first, shape.rows(), threads);
    this.shape = shape;
    this.batches = batches;
    this.perRound = perRound;
    this.dropout = dropout;
  }

  @Override
  public double round() {
    for (int i = 0; i < perRound; i++) {
      if (batches.startsAnew()) {
        levin.state.reset();
      }
      loss = levin.network.train(batches.next(), levin.state, Recipe.step(++step, dropout)).loss();
    }
    return (double) perRound * shape.characters();
  }

  /** Returns the loss of the last step, before its update. */
  double loss() {
    return loss;
  }

  @Override
  public void close() {
    levin.close();
  }
}
