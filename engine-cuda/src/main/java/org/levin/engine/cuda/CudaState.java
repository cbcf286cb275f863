package org.levin.engine.cuda;

import org.levin.engine.AbstractState;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;

/**
 * Hidden and cell state on the device. There is room for a second hidden state, so that a kernel
 * can write the next while its blocks still read this one; then they change places.
 */
final class CudaState extends AbstractState {
  private final DeviceContext context;
  private final DeviceScope scope;
  private final int layerSize;
  private final int size;
  private final DeviceMemory cell;
  private DeviceMemory hidden;

  /** Of the same size; what is in it means nothing. */
  private DeviceMemory nextHidden;

  private CudaState(NetworkShape shape, int rows, DeviceScope scope) {
    super(shape.architecture(), rows);
    this.scope = scope;
    context = scope.context();
    layerSize = Math.multiplyExact(rows, shape.hidden());
    size = Math.multiplyExact(layerSize, shape.layers());
    cell = scope.zeros(size);
    hidden = scope.zeros(size);
    nextHidden = scope.floats(size);
  }

  static CudaState of(NetworkShape shape, int rows, DeviceContext context) {
    DeviceScope scope = new DeviceScope(context);
    CudaState state = null;
    try {
      state = new CudaState(shape, rows, scope);
      return state;
    } finally {
      if (state == null) {
        scope.close();
      }
    }
  }

  /** Returns the size of a layer's state. */
  long layerBytes() {
    return (long) layerSize * Float.BYTES;
  }

  /** Returns the address of {@code [B,H]}. */
  long hidden(int layer) {
    return hidden.at((long) layer * layerSize);
  }

  /** Returns the address of {@code [B,H]}. */
  long cell(int layer) {
    return cell.at((long) layer * layerSize);
  }

  /** Returns the address of {@code [B,H]}, where a step may write a layer's next hidden state. */
  long nextHidden(int layer) {
    return nextHidden.at((long) layer * layerSize);
  }

  /** Makes what was written to {@link #nextHidden}, for all layers, the hidden state. */
  void advance() {
    DeviceMemory before = hidden;
    hidden = nextHidden;
    nextHidden = before;
  }

  @Override
  protected void clear() {
    context.zero(hidden);
    context.zero(cell);
  }

  @Override
  protected float[] copyHidden() {
    return copy(hidden);
  }

  @Override
  protected float[] copyCell() {
    return copy(cell);
  }

  private float[] copy(DeviceMemory memory) {
    float[] values = new float[size];
    context.download(memory.address(), values, 0, size);
    return values;
  }

  @Override
  protected void replace(float[] hidden, float[] cell) {
    context.upload(hidden, this.hidden.address());
    context.upload(cell, this.cell.address());
  }

  @Override
  protected void release() {
    context.runIfOpen(scope::close);
  }
}
