package org.levin.benchmarks.race;

import java.util.Optional;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.model.Parameters;

/** A network of the CPU engine with a state, and what must be closed after it. */
final class LevinNetwork implements AutoCloseable {
  private static final Optional<String> CPU = Optional.of("cpu");

  private final Engine engine;
  final Network network;
  final NetworkState state;

  LevinNetwork(Parameters parameters, int rows, int threads) {
    engine = Engines.open(CPU, new EngineOptions(threads));
    network = engine.network(parameters);
    state = network.state(rows);
  }

  @Override
  public void close() {
    state.close();
    network.close();
    engine.close();
  }
}
