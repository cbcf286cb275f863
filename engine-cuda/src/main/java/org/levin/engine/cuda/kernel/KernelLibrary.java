package org.levin.engine.cuda.kernel;

import java.util.EnumMap;
import java.util.Map;
import org.levin.engine.cuda.driver.CudaFunction;
import org.levin.engine.cuda.driver.CudaModule;
import org.levin.engine.cuda.driver.DeviceContext;

/** The kernels, loaded into a context. */
public final class KernelLibrary implements AutoCloseable {
  /** System property: {@code false} launches kernels one by one, as a profiler may want it. */
  static final String GRAPHS = "levin.cuda.graphs";

  private final DeviceContext context;
  private final Precision precision;
  private final boolean withGraphs;
  private final CudaModule module;
  private final Map<Kernel, CudaFunction> functions = new EnumMap<>(Kernel.class);

  /**
   * Loads them; the driver may have to compile them, which takes a while.
   *
   * @param precision that of the matrix products in lists of launches
   */
  public KernelLibrary(DeviceContext context, Precision precision) {
    this.context = context;
    this.precision = precision;
    withGraphs = Boolean.parseBoolean(System.getProperty(GRAPHS, "true"));
    byte[] image = KernelImage.read();
    module = context.ask(driver -> driver.load(image));
    boolean complete = false;
    try {
      for (Kernel kernel : Kernel.values()) {
        functions.put(kernel, context.ask(driver -> driver.function(module, kernel.entry())));
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  /** Returns where they are loaded. */
  public DeviceContext context() {
    return context;
  }

  /** Returns the precision of matrix products. */
  public Precision precision() {
    return precision;
  }

  /** Returns whether lists of launches become graphs. */
  boolean withGraphs() {
    return withGraphs;
  }

  /**
   * Returns how many such blocks of a kernel are resident at once on the whole device; the kernel
   * may then have as much as the device gives.
   */
  public int residentBlocks(Kernel kernel, int threads, int sharedBytes) {
    CudaFunction function = function(kernel);
    int each =
        context.ask(
            driver -> {
              driver.allowSharedMemory(function, context.device().sharedMemory());
              return driver.residentBlocks(function, threads, sharedBytes);
            });
    return each * context.device().multiprocessors();
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
