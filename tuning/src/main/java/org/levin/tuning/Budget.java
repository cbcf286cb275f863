package org.levin.tuning;

import java.util.Map;
import org.levin.training.TrainingOptions;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Cost;
import org.levin.tuning.space.Parameter;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.Rungs;

/** How long trials are trained where nobody says: long enough to tell them apart, and no longer. */
final class Budget {
  /** By then, small networks have settled which is better; more is for the one that won. */
  private static final long MOST = 810;

  /** Fewer, and not even the learning rates can be told apart. */
  private static final long LEAST = 90;

  /** More would save little: the first would be over before losses say much. */
  private static final int MOST_RUNGS = 4;

  /** After fewer steps, losses say nothing. */
  private static final long SHORTEST_RUNG = 10;

  /** More, and trials are told apart by how well they know the text by heart. */
  private static final long EPOCHS = 10;

  private Budget() {}

  /** Returns the steps of a whole training for a text of so many tokens to train on. */
  static long steps(long tokens, SearchSpace space, TrainingOptions options) {
    long largest = Cost.tokensAStep(largest(space, options));
    return Math.clamp(EPOCHS * tokens / largest, LEAST, MOST);
  }

  /** Returns the rungs of trainings of so many steps. */
  static Rungs rungs(long steps) {
    int count = MOST_RUNGS;
    while (count > 1 && Rungs.halving(steps, count).steps().getFirst() < SHORTEST_RUNG) {
      count--;
    }
    return Rungs.halving(steps, count);
  }

  /** The base with the largest batches of the space. */
  private static TrainingOptions largest(SearchSpace space, TrainingOptions options) {
    TrainingOptions largest = options;
    for (Parameter parameter : space.parameters()) {
      if (parameter.name().equals("batchSize") || parameter.name().equals("sequenceLength")) {
        long most =
            parameter.domain().ends().stream()
                .mapToLong(value -> ((Number) value).longValue())
                .max()
                .orElseThrow();
        largest = new Configuration(Map.of(parameter.name(), most)).applyTo(largest);
      }
    }
    return largest;
  }
}
