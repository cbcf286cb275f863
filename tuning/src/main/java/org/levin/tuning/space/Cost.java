package org.levin.tuning.space;

import org.levin.training.TrainingOptions;

/** What a training costs, by its sizes alone. */
public final class Cost {
  /** Values, gradients and both moments of Adam, four bytes each. */
  private static final long BYTES_A_PARAMETER = 16;

  /** Four gates, cell, its tanh, hidden values, and the gradients of most of them. */
  private static final long VALUES_A_UNIT = 14;

  private Cost() {}

  /** Returns the number of parameters over a vocabulary of {@code V} symbols. */
  public static long parameters(TrainingOptions options, int vocabularySize) {
    return options.architecture().parameterCount(vocabularySize);
  }

  /** Returns about how many bytes a training keeps in memory, besides the text and the JVM. */
  public static long bytes(TrainingOptions options, int vocabularySize) {
    double tokens = tokensAStep(options);
    double units = (double) options.architecture().layers() * options.architecture().hiddenSize();
    double activations = Float.BYTES * tokens * (VALUES_A_UNIT * units + 2.0 * vocabularySize);
    return (long) (activations + (double) BYTES_A_PARAMETER * parameters(options, vocabularySize));
  }

  /** Returns the tokens that a step of training reads. */
  public static long tokensAStep(TrainingOptions options) {
    return (long) options.batchSize() * options.sequenceLength();
  }

  /** Returns the work of a step of training in multiply-adds: three products a parameter. */
  public static double operationsAStep(TrainingOptions options, int vocabularySize) {
    return 3.0 * tokensAStep(options) * parameters(options, vocabularySize);
  }
}
