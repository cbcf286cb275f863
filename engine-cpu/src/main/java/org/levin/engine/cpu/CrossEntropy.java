package org.levin.engine.cpu;

import org.levin.engine.cpu.kernel.Kernels;

/**
 * Softmax and cross-entropy of one token. Sums are doubles, over eight interleaved parts in one
 * stated order, whatever the vector width.
 */
final class CrossEntropy {
  private static final int PARTS = 8;

  private final Kernels kernels;

  CrossEntropy(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Returns {@code -ln softmax(logits)[target]} in nats.
   *
   * @param logits {@code [size]}; overwritten with {@code exp(logits - max)}
   */
  double loss(float[] logits, int offset, int size, int target) {
    float max = max(logits, offset, size);
    float actual = logits[offset + target];
    kernels.exponentials(logits, offset, size, max);
    return StrictMath.log(sum(logits, offset, size)) - ((double) actual - max);
  }

  /**
   * Returns the loss, and leaves its gradient times {@code scale} in place of the logits: {@code
   * (softmax - one-hot)·scale}.
   *
   * @param logits {@code [size]}; overwritten
   */
  double lossAndGradient(float[] logits, int offset, int size, int target, double scale) {
    float max = max(logits, offset, size);
    float actual = logits[offset + target];
    kernels.exponentials(logits, offset, size, max);
    double sum = sum(logits, offset, size);
    float factor = (float) (scale / sum);
    for (int j = offset; j < offset + size; j++) {
      logits[j] *= factor;
    }
    logits[offset + target] -= (float) scale;
    return StrictMath.log(sum) - ((double) actual - max);
  }

  private static float max(float[] x, int offset, int size) {
    float max = x[offset];
    for (int j = offset + 1; j < offset + size; j++) {
      max = Math.max(max, x[j]);
    }
    return max;
  }

  private static double sum(float[] x, int offset, int size) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = offset + size - size % PARTS;
    for (int j = offset; j < whole; j += PARTS) {
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
    for (int j = whole; j < offset + size; j++) {
      sum += x[j];
    }
    return sum;
  }
}
