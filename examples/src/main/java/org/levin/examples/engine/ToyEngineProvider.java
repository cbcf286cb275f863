package org.levin.examples.engine;

import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineProvider;

/** Named in {@code META-INF/services}, and so found by everyone who looks for engines. */
public final class ToyEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return "toy";
  }

  /** Below the CPU engine, so that nobody gets this one without asking. */
  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("one thread of scalar Java");
  }

  @Override
  public Engine open(EngineOptions options) {
    return new ToyEngine();
  }
}
