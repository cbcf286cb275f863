package org.levin.engine.contract;

import org.levin.engine.NetworkState;

/** A state of two rows of four units that no engine has made. */
final class ForeignState implements NetworkState {
  @Override
  public int rows() {
    return 2;
  }

  @Override
  public void reset() {}

  @Override
  public float[] hidden() {
    return new float[8];
  }

  @Override
  public float[] cell() {
    return new float[8];
  }

  @Override
  public void set(float[] hidden, float[] cell) {}

  @Override
  public void close() {}
}
