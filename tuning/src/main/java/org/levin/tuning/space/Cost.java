package org.levin.tuning.space;

import org.levin.training.TrainingOptions;

/** What a training costs, by its sizes alone. */
public final class Cost {
  /** Values, gradients, both moments of Adam, and the weights packed for each of both passes. */
  private static final int COPIES = 6;

  /** Four gates, cell and hidden value; the backward pass overwrites them. */
  private static final int VALUES_A_UNIT = 6;

  /** The mask, and what it leaves. */
  private static final int VALUES_OF_DROPOUT = 2;

  /**
   * What the arrays take beyond their length. They come to 24.2 bytes a parameter and 8.3 values a
   * unit in a heap that is collected serially; G1, the default, rounds each up to whole regions.
   * With G1 and {@code -Xmx6g}, 96 symbols and dropout, the CPU engine kept 596 MB for 2x512 units
   * in batches of 128x100 (estimated 675 MB), 254 MB in batches of 128x20 (222 MB), and with 50
   * symbols 32.9 MB for 2x128 in 32x64 (30 MB). Of fifteen sizes measured, none was off by more
   * than 16 percent.
   */
  private static final double REGIONS = 4.0 / 3;

  private Cost() {}

  /** Returns the number of parameters over a vocabulary of {@code V} symbols. */
  public static long parameters(TrainingOptions options, int vocabularySize) {
    return options.architecture().parameterCount(vocabularySize);
  }

  /**
   * Returns about how many bytes a training keeps in memory, besides the text and the JVM;
   * saturates at {@link Long#MAX_VALUE}.
   */
  public static long bytes(TrainingOptions options, int vocabularySize) {
    double units = (double) options.architecture().layers() * options.architecture().hiddenSize();
    int valuesAUnit = VALUES_A_UNIT + (options.dropout() > 0 ? VALUES_OF_DROPOUT : 0);
    double activations = tokensAStep(options) * (valuesAUnit * units + vocabularySize);
    double weights = (double) COPIES * parameters(options, vocabularySize);
    return (long) (REGIONS * Float.BYTES * (activations + weights));
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
