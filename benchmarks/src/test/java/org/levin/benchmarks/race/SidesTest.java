package org.levin.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.levin.corpus.Corpus;
import org.levin.model.Parameters;

/** Both sides do the same work: a race of different programs would say nothing. */
class SidesTest {
  private static final Shape SHAPE = new Shape(2, 13, 3, 7);
  private static final int STEPS = 40;

  private final Corpus corpus = Corpus.of("Happy families are all alike; ".repeat(60));
  private final Parameters first = Recipe.parameters(SHAPE, corpus.vocabulary().size());

  @Test
  void trainAlikeWithoutDropout() {
    try (LevinTraining levin = new LevinTraining(first, SHAPE, batches(), 1, 0, 2);
        TorchTraining torch = new TorchTraining(first, SHAPE, batches(), 1, 0)) {
      for (int step = 0; step < STEPS; step++) {
        levin.round();
        torch.round();
        assertEquals(levin.loss(), torch.loss(), 1e-4, "step " + step);
      }
    }
  }

  @Test
  void scoreAlike() {
    try (LevinScoring levin = new LevinScoring(first, SHAPE, batches(), 1, 1);
        TorchScoring torch = new TorchScoring(first, SHAPE, batches(), 1)) {
      for (int step = 0; step < STEPS; step++) {
        levin.round();
        torch.round();
        assertEquals(levin.loss(), torch.loss(), 1e-5, "batch " + step);
      }
    }
  }

  private BatchCycle batches() {
    return BatchCycle.overAll(SHAPE, corpus.tokens());
  }
}
