package org.levin.engine.cpu;

import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;

/** Dropout of the layers' outputs in one step of training; the masks are those of every engine. */
final class Dropout {
  private final Kernels kernels;
  private final TrainingStep step;
  private final DropoutMask masks;

  Dropout(Kernels kernels, TrainingStep step) {
    this.kernels = kernels;
    this.step = step;
    this.masks = new DropoutMask(step);
  }

  /** Draws the masks of a strip of a layer at one time, and writes the layer's masked output. */
  void apply(Activations a, RowRange range, int t, int layer, int strip) {
    float[] mask = a.masks[layer];
    Strips units = a.units;
    int first = t * a.rows + range.from();
    int at = units.offset(strip, first);
    long position = (long) t * units.columns() + units.firstColumn(strip);
    for (int r = 0; r < range.count(); r++) {
      int line = at + r * units.width();
      int count = units.columns(strip);
      kernels.dropout(step, masks, layer, range.from() + r, position, mask, line, count);
    }
    int source = a.states.offset(strip, first + a.rows);
    int count = range.count() * units.width();
    kernels.multiply(a.hiddens[layer], source, mask, at, a.dropped[layer], at, count);
  }
}
