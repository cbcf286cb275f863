package org.levin.examples.engine;

import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.model.Parameters;

/** Makes networks, and holds nothing. */
final class ToyEngine implements Engine {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Network network(Parameters parameters) {
    return new ToyNetwork(parameters);
  }

  @Override
  public void close() {}
}
