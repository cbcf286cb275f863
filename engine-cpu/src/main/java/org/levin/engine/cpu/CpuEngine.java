package org.levin.engine.cpu;

import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.model.Parameters;

/** The engine: some threads and the kernels that they run. */
final class CpuEngine implements Engine {
  static final String NAME = "cpu";

  private final Kernels kernels;
  private final Workers workers;

  CpuEngine(EngineOptions options, Kernels kernels) {
    this.kernels = kernels;
    this.workers = new Workers(options.threads());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    String version = CpuEngine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public Network network(Parameters parameters) {
    return new CpuNetwork(parameters, kernels, workers);
  }

  @Override
  public void close() {
    workers.close();
  }
}
