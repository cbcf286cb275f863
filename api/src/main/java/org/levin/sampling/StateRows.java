package org.levin.sampling;

import org.levin.engine.NetworkState;
import org.levin.model.LstmArchitecture;

/**
 * The rows of a network's state on this side of the engine, to be put together anew.
 *
 * @param hidden {@code [L,B,H]}; modified
 * @param cell {@code [L,B,H]}; modified
 */
record StateRows(LstmArchitecture architecture, int rows, float[] hidden, float[] cell) {

  /** Returns a copy of a state's rows. */
  static StateRows of(LstmArchitecture architecture, NetworkState state) {
    return new StateRows(architecture, state.rows(), state.hidden(), state.cell());
  }

  /** Returns the one row of a text that a network has read. */
  static StateRows of(LstmArchitecture architecture, NetworkRow.Memory memory) {
    return new StateRows(architecture, 1, memory.hidden(), memory.cell());
  }

  /** Returns rows that are all zero. */
  static StateRows zero(LstmArchitecture architecture, int rows) {
    int size = architecture.layers() * rows * architecture.hiddenSize();
    return new StateRows(architecture, rows, new float[size], new float[size]);
  }

  /** Puts a row of other rows in place of one of these. */
  void put(int row, StateRows other, int otherRow) {
    int units = architecture.hiddenSize();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      int from = (layer * other.rows + otherRow) * units;
      int to = (layer * rows + row) * units;
      System.arraycopy(other.hidden, from, hidden, to, units);
      System.arraycopy(other.cell, from, cell, to, units);
    }
  }

  /** Returns a copy of some of the rows, in this order; one may be taken several times. */
  StateRows select(int... chosen) {
    StateRows selected = zero(architecture, chosen.length);
    for (int row = 0; row < chosen.length; row++) {
      selected.put(row, this, chosen[row]);
    }
    return selected;
  }

  void storeIn(NetworkState state) {
    state.set(hidden, cell);
  }
}
