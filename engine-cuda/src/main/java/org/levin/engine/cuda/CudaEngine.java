package org.levin.engine.cuda;

import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.engine.cuda.recurrence.RecurrenceChoice;
import org.levin.model.Parameters;

/** The engine: a device in use, and the kernels loaded into it. */
final class CudaEngine implements Engine {
  static final String NAME = "cuda";

  private final DeviceContext context;
  private final KernelLibrary library;

  private CudaEngine(DeviceContext context, KernelLibrary library) {
    this.context = context;
    this.library = library;
  }

  static CudaEngine open(CudaDriver driver, CudaDevice device, Precision precision) {
    RecurrenceChoice.current(); // a wrong one is told before anything is opened
    DeviceContext context = new DeviceContext(driver, device);
    CudaEngine engine = null;
    try {
      engine = new CudaEngine(context, new KernelLibrary(context, precision));
      return engine;
    } finally {
      if (engine == null) {
        context.close();
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The precision is a part of it: with another one, the same recipe gives other numbers. */
  @Override
  public String version() {
    String version = CudaEngine.class.getPackage().getImplementationVersion();
    return "%s (%s)"
        .formatted(version == null ? "development" : version, library.precision().label());
  }

  /** Returns what the networks and states that are open have taken, in pieces. */
  int takenMemory() {
    return context.taken();
  }

  @Override
  public Network network(Parameters parameters) {
    return CudaNetwork.of(parameters, library);
  }

  @Override
  public void close() {
    context.close(library::close);
  }
}
