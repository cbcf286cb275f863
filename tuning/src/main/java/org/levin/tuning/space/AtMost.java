package org.levin.tuning.space;

import java.util.function.ToLongBiFunction;
import org.levin.training.TrainingOptions;

/** A bound on what a training costs. */
record AtMost(String name, long bound, ToLongBiFunction<TrainingOptions, Integer> cost)
    implements Requirement {
  @Override
  public boolean holds(Configuration configuration, Context context) {
    int symbols =
        context
            .vocabularySize()
            .orElseThrow(
                () -> new IllegalArgumentException(this + " needs a text, whose symbols count"));
    return cost.applyAsLong(configuration.applyTo(context.base()), symbols) <= bound;
  }

  @Override
  public String toString() {
    return name + "<=" + bound;
  }
}
