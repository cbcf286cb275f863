package org.levin.sampling;

import java.util.Arrays;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Pieces;
import org.levin.text.Vocabulary;

/** One text that a network reads: the state after it, and the logits of what may follow. */
final class NetworkRow implements AutoCloseable {
  private final Network network;
  private final Vocabulary vocabulary;
  private final NetworkState state;

  /** After the last symbol; nothing before the first. */
  private float[] logits = {};

  NetworkRow(Network network, Vocabulary vocabulary) {
    this.network = network;
    this.vocabulary = vocabulary;
    this.state = network.state(1);
  }

  /** Goes in pieces, because the logits of every symbol, though not needed, take memory. */
  void read(int... ids) {
    int symbols = vocabulary.size();
    int most = Pieces.steps(1, symbols);
    for (int from = 0; from < ids.length; from += most) {
      int[] piece = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + most));
      float[] all = new float[piece.length * symbols];
      network.forward(piece, piece.length, state, all);
      logits = piece.length == 1 ? all : Arrays.copyOfRange(all, all.length - symbols, all.length);
    }
  }

  /** Returns the logits of what may follow; shared, and not to be modified. */
  float[] logits() {
    if (logits.length == 0) {
      read(vocabulary.startId());
    }
    return logits;
  }

  /** A copy of what the network has read. */
  record Memory(float[] hidden, float[] cell, float[] logits) {}

  Memory memory() {
    return new Memory(state.hidden(), state.cell(), logits);
  }

  void restore(Memory memory) {
    state.set(memory.hidden(), memory.cell());
    logits = memory.logits();
  }

  @Override
  public void close() {
    state.close();
  }
}
