package org.levin.benchmarks.race;

import org.levin.engine.Adam;
import org.levin.engine.TrainingStep;
import org.levin.model.Initialization;
import org.levin.model.Parameters;

/** What both sides train with. */
final class Recipe {
  static final double LEARNING_RATE = 1e-3;
  static final double DROPOUT = 0.5;
  static final double CLIP_NORM = 5;
  static final long SEED = 42;

  private Recipe() {}

  /** Returns the weights from which both sides start. */
  static Parameters parameters(Shape shape, int vocabulary) {
    return Initialization.UNIFORM.parameters(shape.architecture(), vocabulary, SEED);
  }

  static TrainingStep step(long number, double dropout) {
    return new TrainingStep(number, LEARNING_RATE, dropout, CLIP_NORM, SEED, Adam.DEFAULT);
  }
}
