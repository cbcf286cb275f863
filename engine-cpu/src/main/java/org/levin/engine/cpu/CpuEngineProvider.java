package org.levin.engine.cpu;

import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineProvider;

/** Provides the pure-Java engine, which works everywhere. */
public final class CpuEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return CpuEngine.NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability availability() {
    return switch (KernelChoice.current()) {
      case KernelChoice.Chosen chosen -> new Availability.Available(chosen.kernels().description());
      case KernelChoice.Impossible impossible ->
          new Availability.Unavailable(impossible.reason(), impossible.remedy());
    };
  }

  @Override
  public Engine open(EngineOptions options) {
    return switch (KernelChoice.current()) {
      case KernelChoice.Chosen chosen -> new CpuEngine(options, chosen.kernels());
      case KernelChoice.Impossible impossible ->
          throw new IllegalStateException(impossible.reason() + "; " + impossible.remedy());
    };
  }
}
