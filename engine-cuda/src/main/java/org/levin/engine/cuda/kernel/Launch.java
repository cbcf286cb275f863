package org.levin.engine.cuda.kernel;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.levin.engine.cuda.driver.CudaException;
import org.levin.engine.cuda.driver.CudaFunction;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.Grid;

/** A launch by itself, whose arguments are others every time. Known to the device's thread only. */
public final class Launch {
  private final DeviceContext context;
  private final CudaFunction function;

  /** Lives as long as the launch, by its arena. */
  private final ArgumentTable table;

  /** Makes a launch of a kernel. */
  public Launch(KernelLibrary library, Kernel kernel) {
    context = library.context();
    function = library.function(kernel);
    table = new ArgumentTable(kernel, Arena.ofAuto());
  }

  /**
   * Queues it.
   *
   * @param arguments of the types that the kernel's parameters have
   */
  public void run(Grid grid, Object... arguments) {
    table.set(arguments);
    try {
      context.queue((driver, stream) -> driver.launch(function, grid, table.address(), stream));
    } catch (CudaException e) {
      throw e.with("arguments " + Arrays.deepToString(arguments));
    }
  }
}
