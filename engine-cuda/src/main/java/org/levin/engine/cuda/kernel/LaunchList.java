package org.levin.engine.cuda.kernel;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.CudaException;
import org.levin.engine.cuda.driver.CudaGraph;
import org.levin.engine.cuda.driver.CudaStream;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.Grid;

/**
 * What the device does, one thing after the other: written down once, with all arguments, and run
 * many times.
 */
public final class LaunchList implements AutoCloseable {
  /** What a driver says that cannot take launches down. */
  private static final String NO_GRAPH =
      "CUDA_ERROR_(STREAM_CAPTURE_.*|NOT_SUPPORTED|NOT_PERMITTED)";

  private static final System.Logger LOGGER = System.getLogger(LaunchList.class.getName());

  private final KernelLibrary library;

  /** Lives as long as the list: what is freed too early would be read by the driver. */
  private final Arena arena = Arena.ofAuto();

  private final List<DeviceContext.Queueing> operations = new ArrayList<>();

  // Known to the device's thread only:
  private boolean isFirstRun = true;
  private boolean singly;
  private CudaGraph graph;

  /** Makes an empty list. */
  public LaunchList(KernelLibrary library) {
    this.library = library;
    singly = !library.withGraphs();
  }

  /** Returns the precision that matrix products in it have. */
  public Precision precision() {
    return library.precision();
  }

  /** Adds a launch with a thread for each of {@code count} elements. */
  public void each(Kernel kernel, long count, Object... arguments) {
    add(kernel, Grid.of(count, Kernel.THREADS), arguments);
  }

  /**
   * Adds a launch.
   *
   * @param arguments of the types that the kernel's parameters have
   */
  public void add(Kernel kernel, Grid grid, Object... arguments) {
    long table = table(kernel, arguments).address();
    var function = library.function(kernel);
    add((driver, stream) -> driver.launch(function, grid, table, stream), arguments);
  }

  /**
   * Adds a launch whose blocks wait for each other; {@link KernelLibrary#residentBlocks} has said
   * that there is room for all of them.
   *
   * @param sharedBytes of each block
   * @param arguments of the types that the kernel's parameters have
   */
  public void together(Kernel kernel, Grid grid, int sharedBytes, Object... arguments) {
    long table = table(kernel, arguments).address();
    var function = library.function(kernel);
    add(
        (driver, stream) -> driver.launchTogether(function, grid, sharedBytes, table, stream),
        arguments);
  }

  private void add(DeviceContext.Queueing launch, Object... arguments) {
    operations.add(
        (driver, stream) -> {
          try {
            launch.queue(driver, stream);
          } catch (CudaException e) {
            throw e.with("arguments " + Arrays.toString(arguments));
          }
        });
  }

  /** Adds a fill with zeros; {@code bytes} is a multiple of 4. */
  public void zero(long target, long bytes) {
    operations.add((driver, stream) -> driver.zero(target, bytes, stream));
  }

  /** Writes the arguments' values, and returns the table of their addresses. */
  private ArgumentTable table(Kernel kernel, Object... arguments) {
    ArgumentTable table = new ArgumentTable(kernel, arena);
    table.set(arguments);
    return table;
  }

  /**
   * Queues everything. From the second time on it is one graph, of which the device is told at
   * once: hundreds of launches by themselves take longer than what they do.
   */
  public void run() {
    library.context().queue(this::run);
  }

  private void run(CudaDriver driver, CudaStream stream) {
    if (graph != null) {
      driver.launch(graph, stream);
    } else if (isFirstRun || singly) {
      isFirstRun = false;
      queue(driver, stream);
    } else {
      become(driver, stream);
      run(driver, stream);
    }
  }

  /** Becomes a graph, or, where the driver has none for these launches, goes on singly. */
  private void become(CudaDriver driver, CudaStream stream) {
    try {
      graph = capture(driver, stream);
    } catch (CudaException e) {
      if (!e.errorName().matches(NO_GRAPH)) {
        throw e;
      }
      singly = true;
      LOGGER.log(
          System.Logger.Level.WARNING,
          "launches go one by one, which is slower: {0}",
          e.getMessage());
    }
  }

  private void queue(CudaDriver driver, CudaStream stream) {
    for (DeviceContext.Queueing operation : operations) {
      operation.queue(driver, stream);
    }
  }

  private CudaGraph capture(CudaDriver driver, CudaStream stream) {
    driver.beginCapture(stream);
    try {
      queue(driver, stream);
    } catch (CudaException e) {
      try {
        driver.destroy(driver.endCapture(stream)); // so that the stream works again
      } catch (CudaException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    return driver.endCapture(stream);
  }

  /** Destroys the graph, if there is one. Closing twice, or after the context, is harmless. */
  @Override
  public void close() {
    library.context().runIfOpen(this::release);
  }

  private void release() {
    if (graph != null) {
      CudaGraph released = graph;
      graph = null;
      library.context().queue((driver, stream) -> driver.destroy(released));
    }
  }
}
