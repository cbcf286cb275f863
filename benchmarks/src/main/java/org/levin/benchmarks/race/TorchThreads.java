package org.levin.benchmarks.race;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;

/** How many threads suit libtorch best: for small products two are slower than one. */
final class TorchThreads {
  private static final int TRIES = 2;

  private TorchThreads() {}

  /** Tries one thread and all processors in turn, and returns what was faster; it stays set. */
  static int choose(Entrant entrant, int processors) throws IOException {
    int best = 1;
    double fastest = 0;
    Engine.getInstance();
    for (int threads : new LinkedHashSet<>(List.of(processors, 1))) {
      JniUtils.setNumThreads(threads);
      for (int i = 0; i < TRIES; i++) {
        double rate = Timing.rate(entrant);
        if (rate > fastest) {
          fastest = rate;
          best = threads;
        }
      }
    }
    JniUtils.setNumThreads(best);
    return best;
  }
}
