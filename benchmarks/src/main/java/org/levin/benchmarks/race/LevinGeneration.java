package org.levin.benchmarks.race;

import org.levin.model.Parameters;
import org.levin.sampling.GenerationOptions;
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
    GenerationOptions endless =
        GenerationOptions.of(Sampler.temperature(1)).length(Long.MAX_VALUE).seed(Recipe.SEED);
    this.session = new GenerationSession(levin.network, vocabulary, endless);
    this.perRound = perRound;
  }

  @Override
  public double round() {
    for (int i = 0; i < perRound; i++) {
      session.next();
    }
    return perRound;
  }

  @Override
  public void close() {
    session.close();
    levin.close();
  }
}
