package org.levin.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.levin.corpus.Corpus;
import org.levin.model.Parameters;

/** Both sides do the same work: a race of different programs would say nothing. */
class SidesTest {
  private static final Shape SHAPE = new Shape(2, 13, 3, 7);
  private static final int STEPS = 40;

  private final Corpus corpus = Corpus.of("Happy families are all alike; ".repeat(60));
  private final Parameters first = Recipe.parameters(SHAPE, corpus.vocabulary().size());

  /** Networks this small wait longer for a second thread than it saves. */
  @BeforeAll
  static void onOneThread() {
    Engine.getInstance();
    JniUtils.setNumThreads(1);
  }

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

  @Test
  void seeTheSameNextCharactersOneByOne() {
    int vocabulary = first.vocabularySize();
    float[] logits = new float[vocabulary];
    try (LevinNetwork levin = new LevinNetwork(first, 1, 1);
        TorchCells torch = new TorchCells(first)) {
      for (int step = 0; step < STEPS; step++) {
        int id = step % vocabulary;
        levin.network.forward(new int[] {id}, 1, levin.state, logits);
        assertArrayEquals(softmax(logits), torch.probabilities(id), 1e-6f, "step " + step);
      }
    }
  }

  private static float[] softmax(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    float[] probabilities = new float[logits.length];
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] = (float) (Math.exp(logits[v]) / sum);
    }
    return probabilities;
  }

  private BatchCycle batches() {
    return BatchCycle.overAll(SHAPE, corpus.tokens());
  }
}
