package org.levin.engine.cuda;

import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineProvider;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;

/** Provides the engine that runs on a GPU, where there is one. */
public final class CudaEngineProvider implements EngineProvider {
  /** Above the CPU engine's: who has a GPU wants it used. */
  private static final int PRIORITY = 100;

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
    if (DriverSearch.outcome() instanceof DriverSearch.Missing missing) {
      return new Availability.Unavailable(missing.reason(), missing.remedy());
    }
    DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
    return switch (PrecisionChoice.current()) {
      case PrecisionChoice.Chosen chosen ->
          new Availability.Available(
              found.description() + ", products in " + chosen.precision().label());
      case PrecisionChoice.Impossible impossible ->
          new Availability.Unavailable(impossible.reason(), impossible.remedy());
    };
  }

  @Override
  public Engine open(EngineOptions options) {
    if (availability() instanceof Availability.Unavailable unavailable) {
      throw new IllegalStateException(unavailable.reason() + "; " + unavailable.remedy());
    }
    DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
    Precision precision = ((PrecisionChoice.Chosen) PrecisionChoice.current()).precision();
    return CudaEngine.open(found.driver(), found.device(), precision);
  }
}
