package org.levin.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.corpus.Corpus;
import org.levin.tuning.Tuned;
import org.levin.tuning.Tuner;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.trial.Trial;

/**
 * Finds the options that train the best small model, and trains them for longer. Stopped, it goes
 * on where it was. Arguments: the text, the file of the study, and the model to write.
 */
public final class TuneHyperparameters {
  private TuneHyperparameters() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    try (Corpus corpus = Corpus.of(Path.of(arguments[0]))) {
      Tuner tuner =
          Tuner.builder()
              .space(SearchSpace.defaults().with("hiddenSize=32..96/32", "parameters<=100000"))
              .trials(20)
              .build();
      Tuned tuned = tuner.tune(corpus, Path.of(arguments[1]));
      Trial best = tuned.best().orElseThrow();
      System.out.println(best);
      tuned.trainer(best, 2).train(corpus).save(Path.of(arguments[2]));
    }
  }
}
