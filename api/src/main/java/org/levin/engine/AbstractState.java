package org.levin.engine;

import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;

/** A state that checks what comes in; the twin of {@link AbstractNetwork}. */
public abstract class AbstractState implements NetworkState {
  private final LstmArchitecture architecture;
  private final int rows;
  private boolean closed;

  /** Makes a state of {@code rows} rows for networks of this architecture. */
  protected AbstractState(LstmArchitecture architecture, int rows) {
    this.architecture = architecture;
    this.rows = rows;
  }

  /** Does {@link #reset}. */
  protected abstract void clear();

  /** Does {@link #hidden}. */
  protected abstract float[] copyHidden();

  /** Does {@link #cell}. */
  protected abstract float[] copyCell();

  /** Does {@link #set}. */
  protected abstract void replace(float[] hidden, float[] cell);

  /** Frees what the state holds; called once. */
  protected abstract void release();

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final void reset() {
    requireOpen();
    clear();
  }

  @Override
  public final float[] hidden() {
    requireOpen();
    return copyHidden();
  }

  @Override
  public final float[] cell() {
    requireOpen();
    return copyCell();
  }

  @Override
  public final void set(float[] hidden, float[] cell) {
    requireOpen();
    requireLength(hidden, "hidden");
    requireLength(cell, "cell");
    replace(hidden, cell);
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }

  final boolean fits(LstmArchitecture other) {
    return architecture.equals(other);
  }

  final void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this state is closed");
    }
  }

  private void requireLength(float[] values, String name) {
    int expected =
        Math.multiplyExact(
            architecture.layers(), Math.multiplyExact(rows, architecture.hiddenSize()));
    Arguments.require(
        values.length == expected,
        "%s must have %d values, but has %d",
        name,
        expected,
        values.length);
  }
}
