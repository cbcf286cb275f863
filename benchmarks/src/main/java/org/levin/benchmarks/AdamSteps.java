package org.levin.benchmarks;

/**
 * PyTorch's {@code clip_grad_norm_} and {@code optim.Adam}, in double precision on libtorch's
 * gradients.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">PyTorch's Adam</a>
 */
final class AdamSteps {
  private final double learningRate;
  private final double clipNorm;
  private final double[] weights;
  private final double[] first;
  private final double[] second;
  private int step;

  AdamSteps(float[] weights, double learningRate, double clipNorm) {
    this.learningRate = learningRate;
    this.clipNorm = clipNorm;
    this.weights = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      this.weights[i] = weights[i];
    }
    first = new double[weights.length];
    second = new double[weights.length];
  }

  /** Returns the global norm of the gradients, before clipping. */
  static double norm(float[] gradients) {
    double squares = 0;
    for (float gradient : gradients) {
      squares += (double) gradient * gradient;
    }
    return Math.sqrt(squares);
  }

  /** Does one step, and returns the new weights. */
  float[] update(float[] gradients) {
    step++;
    double scale = Math.min(1, clipNorm / (norm(gradients) + 1e-6));
    float[] updated = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      double g = gradients[i] * scale;
      first[i] = 0.9 * first[i] + 0.1 * g;
      second[i] = 0.999 * second[i] + 0.001 * g * g;
      double m = first[i] / (1 - Math.pow(0.9, step));
      double v = second[i] / (1 - Math.pow(0.999, step));
      weights[i] -= learningRate * m / (Math.sqrt(v) + 1e-8);
      updated[i] = (float) weights[i];
    }
    return updated;
  }
}
