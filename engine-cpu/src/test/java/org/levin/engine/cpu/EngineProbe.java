package org.levin.engine.cpu;

import java.util.Optional;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineUnavailableException;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** What a JVM started by a test runs: finds the engine, and says what came of it. */
final class EngineProbe {
  private EngineProbe() {}

  public static void main(String... arguments) {
    try (Engine engine = Engines.select(Optional.empty()).open(new EngineOptions(1));
        Network network =
            engine.network(Initialization.UNIFORM.parameters(LstmArchitecture.of(1, 5), 3, 1));
        NetworkState state = network.state(1)) {
      network.forward(new int[] {0, 1, 2}, 3, state, new float[9]);
      System.out.println("engine " + engine.name() + " works");
    } catch (EngineUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }
}
