package org.levin.benchmarks.race;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;

/** How many threads suit libtorch best: for small products two are slower than one. */
final class TorchThreads {
  private static final int TRIES = 2;

  /** What is slower by more than this at its first try is not tried again. */
  private static final double HOPELESS = 0.8;

  private TorchThreads() {}

  /**
   * Tries one thread and all processors, and returns what was faster; it stays set.
   *
   * @param single whether one thread is likelier to win; it is tried first then
   */
  static int choose(Entrant entrant, boolean single) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    int best = 1;
    double fastest = 0;
    Engine.getInstance();
    for (int threads :
        new LinkedHashSet<>(single ? List.of(1, processors) : List.of(processors, 1))) {
      JniUtils.setNumThreads(threads);
      double rate = fastest;
      for (int i = 0; i < TRIES && rate >= HOPELESS * fastest; i++) {
        rate = Timing.rate(entrant);
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
