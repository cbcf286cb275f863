package org.levin.engine.cpu;

import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;

/** Dropout of a layer's output; the masks are those of every engine. */
final class Dropout {
  private final DropoutMask masks;
  private final int hidden;

  Dropout(TrainingStep step, int hidden) {
    this.masks = new DropoutMask(step);
    this.hidden = hidden;
  }

  /** Draws the masks of one step of one layer, and writes the layer's masked output. */
  void apply(Activations a, RowRange range, int t, int layer) {
    float[] mask = a.masks[layer];
    float[] dropped = a.dropped[layer];
    float[] output = a.hiddens[layer];
    for (int b = range.from(); b < range.to(); b++) {
      int row = (t * a.rows + b) * hidden;
      masks.fill(layer, b, (long) t * hidden, mask, row, hidden);
      int source = row + a.rows * hidden;
      for (int u = 0; u < hidden; u++) {
        dropped[row + u] = output[source + u] * mask[row + u];
      }
    }
  }
}
