package org.levin.engine.cpu;

import org.levin.engine.cpu.kernel.Kernels;

/**
 * Softmax and cross-entropy, token by token. Sums are doubles, over eight interleaved parts in one
 * stated order, whatever the vector width.
 */
final class CrossEntropy {
  private static final int PARTS = 8;

  private final Kernels kernels;
  private final float[] row;

  CrossEntropy(Kernels kernels, int vocabulary) {
    this.kernels = kernels;
    this.row = new float[vocabulary];
  }

  /** Returns {@code -ln softmax(logits)[target]} of a line, in nats. */
  double loss(float[] logits, Strips symbols, int line, int target) {
    symbols.get(logits, line, row, 0);
    float max = max(row);
    float actual = row[target];
    kernels.exponentials(row, 0, row.length, max);
    return StrictMath.log(sum(row)) - ((double) actual - max);
  }

  /**
   * Returns the loss of a line, and leaves its gradient times {@code scale} in place of the logits:
   * {@code (softmax - one-hot)·scale}.
   */
  double lossAndGradient(float[] logits, Strips symbols, int line, int target, double scale) {
    symbols.get(logits, line, row, 0);
    float max = max(row);
    float actual = row[target];
    kernels.exponentials(row, 0, row.length, max);
    double sum = sum(row);
    float factor = (float) (scale / sum);
    for (int j = 0; j < row.length; j++) {
      row[j] *= factor;
    }
    row[target] -= (float) scale;
    symbols.put(row, 0, logits, line);
    return StrictMath.log(sum) - ((double) actual - max);
  }

  private static float max(float[] x) {
    float max = x[0];
    for (int j = 1; j < x.length; j++) {
      max = Math.max(max, x[j]);
    }
    return max;
  }

  private static double sum(float[] x) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = x.length - x.length % PARTS;
    for (int j = 0; j < whole; j += PARTS) {
      s0 += x[j];
      s1 += x[j + 1];
      s2 += x[j + 2];
      s3 += x[j + 3];
      s4 += x[j + 4];
      s5 += x[j + 5];
      s6 += x[j + 6];
      s7 += x[j + 7];
    }
    double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    for (int j = whole; j < x.length; j++) {
      sum += x[j];
    }
    return sum;
  }
}
