package org.levin.engine.cuda;

import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineProvider;
import org.levin.engine.cuda.driver.DriverSearch;

/** Provides the engine that runs on a GPU, where there is one. */
public final class CudaEngineProvider implements EngineProvider {
  /**
   * Below the CPU engine's: what has run in an emulation only must be asked for. Above it as soon
   * as its tests have passed on a GPU, and it is fast there.
   */
  private static final int PRIORITY = -1;

  @Override
  public String name() {
    return CudaEngine.NAME;
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public Availability availability() {
    return switch (DriverSearch.outcome()) {
      case DriverSearch.Found found -> new Availability.Available(found.description());
      case DriverSearch.Missing missing ->
          new Availability.Unavailable(missing.reason(), missing.remedy());
    };
  }

  @Override
  public Engine open(EngineOptions options) {
    return switch (DriverSearch.outcome()) {
      case DriverSearch.Found found -> CudaEngine.open(found.driver(), found.device());
      case DriverSearch.Missing missing ->
          throw new IllegalStateException(missing.reason() + "; " + missing.remedy());
    };
  }
}
