package org.levin.benchmarks.race;

import org.levin.model.Parameters;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;
import org.levin.text.Vocabulary;

/** One text in the making, by the public API. */
final class LevinGeneration implements Entrant {
  private final LevinNetwork levin;
  private final GenerationSession session;
  private final int perRound;

  LevinGeneration(Parameters parameters, Vocabulary vocabulary, int perRound, int threads) {
    this.levin = new LevinNetwork(parameters, 1, threads);
    this.session = new GenerationSession(levin.network, vocabulary, Recipe.SEED);
    this.perRound = perRound;
  }

  @Override
  public double round() {
    Sampler sampler = Sampler.temperature(1);
    for (int i = 0; i < perRound; i++) {
      session.nextText(sampler);
    }
    return perRound;
  }

  @Override
  public void close() {
    session.close();
    levin.close();
  }
}
