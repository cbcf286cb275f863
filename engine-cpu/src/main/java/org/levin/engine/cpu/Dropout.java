package org.levin.engine.cpu;

import org.levin.engine.TrainingStep;
import org.levin.internal.Philox;

/**
 * Inverted dropout of a layer's output. A unit is kept iff its random word is at least
 * p·2<sup>32</sup> (unsigned); position {@code t·H + u} of the row, the step of the run and the
 * layer are the counter, so that no mask depends on threads or order.
 */
final class Dropout {
  private static final long WORD = 0xFFFFFFFFL;

  private final long seed;
  private final int step;
  private final long threshold;
  private final float scale;
  private final int hidden;
  private final int[] words = new int[4];

  Dropout(TrainingStep step, int hidden) {
    this.seed = step.seed();
    this.step = (int) step.number();
    this.threshold = Math.round(step.dropout() * 0x1p32);
    this.scale = (float) (1 / (1 - step.dropout()));
    this.hidden = hidden;
  }

  /** Draws the masks of one step of one layer, and writes the layer's masked output. */
  void apply(Activations a, RowRange range, int t, int layer) {
    float[] mask = a.masks[layer];
    float[] dropped = a.dropped[layer];
    float[] output = a.hiddens[layer];
    for (int b = range.from(); b < range.to(); b++) {
      int row = (t * a.rows + b) * hidden;
      draw(mask, row, (long) t * hidden, b, layer);
      int source = row + a.rows * hidden;
      for (int u = 0; u < hidden; u++) {
        dropped[row + u] = output[source + u] * mask[row + u];
      }
    }
  }

  private void draw(float[] mask, int offset, long position, int row, int layer) {
    for (int u = 0; u < hidden; u++) {
      int lane = (int) (position + u) & 3;
      if (lane == 0 || u == 0) {
        Philox.block(seed, (int) ((position + u) >>> 2), row, step, layer, words);
      }
      mask[offset + u] = (words[lane] & WORD) >= threshold ? scale : 0f;
    }
  }
}
