package org.levin.engine.cuda.kernel;

import java.util.EnumMap;
import java.util.Map;
import org.levin.engine.cuda.driver.CudaFunction;
import org.levin.engine.cuda.driver.CudaModule;
import org.levin.engine.cuda.driver.DeviceContext;

/** The kernels, loaded into a context. */
public final class KernelLibrary implements AutoCloseable {
  private final DeviceContext context;
  private final CudaModule module;
  private final Map<Kernel, CudaFunction> functions = new EnumMap<>(Kernel.class);

  /** Loads them; the driver may have to compile them, which takes a while. */
  public KernelLibrary(DeviceContext context) {
    this.context = context;
    byte[] image = KernelImage.read();
    module =
        context.ask(
            driver -> {
              CudaModule loaded = driver.load(image);
              for (Kernel kernel : Kernel.values()) {
                functions.put(kernel, driver.function(loaded, kernel.entry()));
              }
              return loaded;
            });
  }

  /** Returns where they are loaded. */
  public DeviceContext context() {
    return context;
  }

  /** Returns what a launch names. */
  CudaFunction function(Kernel kernel) {
    return functions.get(kernel);
  }

  /** Unloads them. */
  @Override
  public void close() {
    context.queue((driver, stream) -> driver.unload(module));
  }
}
