package org.levin.examples.engine;

import java.util.Arrays;
import org.levin.engine.AbstractState;
import org.levin.model.LstmArchitecture;

/** Hidden and cell state, {@code [L,B,H]}, in two arrays. */
final class ToyState extends AbstractState {
  final float[] hidden;
  final float[] cell;

  ToyState(LstmArchitecture architecture, int rows) {
    super(architecture, rows);
    hidden = new float[architecture.layers() * rows * architecture.hiddenSize()];
    cell = new float[hidden.length];
  }

  @Override
  protected void clear() {
    Arrays.fill(hidden, 0);
    Arrays.fill(cell, 0);
  }

  @Override
  protected float[] copyHidden() {
    return hidden.clone();
  }

  @Override
  protected float[] copyCell() {
    return cell.clone();
  }

  @Override
  protected void replace(float[] hidden, float[] cell) {
    System.arraycopy(hidden, 0, this.hidden, 0, hidden.length);
    System.arraycopy(cell, 0, this.cell, 0, cell.length);
  }

  @Override
  protected void release() {}
}
