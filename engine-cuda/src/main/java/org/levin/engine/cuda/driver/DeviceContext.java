package org.levin.engine.cuda.driver;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A device in use: its thread, its stream, and the memory taken from it. What is still taken when
 * it is closed is freed then.
 *
 * <p>Every method may be called from any thread, and is done on the device's; {@link #call} keeps
 * others away meanwhile.
 */
public final class DeviceContext implements AutoCloseable {
  /** What fits into the memory at {@link #hostAddress}. */
  public static final int HOST_FLOATS = Staging.FLOATS;

  private final CudaDriver driver;
  private final CudaDevice device;
  private final DeviceThread thread = new DeviceThread();

  // Known to the thread only:
  private final Map<Object, Runnable> taken = new IdentityHashMap<>();
  private CudaStream stream;
  private Staging staging;

  /** Opens a device. */
  public DeviceContext(CudaDriver driver, CudaDevice device) {
    this.driver = driver;
    this.device = device;
    boolean opened = false;
    try {
      run(this::enter);
      opened = true;
    } finally {
      if (!opened) {
        thread.close();
      }
    }
  }

  /** Returns what it opened. */
  public CudaDevice device() {
    return device;
  }

  private void enter() {
    driver.enter(device);
    boolean entered = false;
    try {
      stream = driver.stream();
      staging = new Staging(driver, stream);
      entered = true;
    } finally {
      if (!entered) {
        release(() -> {});
      }
    }
  }

  /**
   * Does something on the device's thread.
   *
   * @throws IllegalStateException if the context is closed
   */
  public <T> T call(Supplier<T> work) {
    return thread.call(work);
  }

  /** Does something on the device's thread. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  /** Does something on the device's thread, unless the context is closed. */
  public void runIfOpen(Runnable work) {
    thread.runIfOpen(work);
  }

  /** Calls the driver, with the stream in which everything is queued. */
  public void queue(Queueing work) {
    run(() -> work.queue(driver, stream));
  }

  /** What is queued. */
  @FunctionalInterface
  public interface Queueing {
    /** Calls the driver. */
    void queue(CudaDriver driver, CudaStream stream);
  }

  /** Calls the driver for what does not lie in a stream. */
  public <T> T ask(Function<CudaDriver, T> question) {
    return call(() -> question.apply(driver));
  }

  /** Takes device memory. */
  public DeviceMemory allocate(long bytes) {
    return call(
        () -> {
          DeviceMemory memory = new DeviceMemory(this, address(bytes), bytes);
          taken.put(memory, () -> driver.free(memory.address()));
          return memory;
        });
  }

  /** Takes page-locked host memory. */
  HostBuffer allocateHost(int bytes) {
    return call(
        () -> {
          HostBuffer buffer = driver.allocateHost(bytes);
          taken.put(buffer, () -> driver.free(buffer));
          return buffer;
        });
  }

  private long address(long bytes) {
    try {
      return driver.allocate(Math.max(1, bytes)); // the driver refuses to give nothing
    } catch (CudaException e) {
      if (e.errorName().equals("CUDA_ERROR_OUT_OF_MEMORY")) {
        throw e.with(
            "%s has %d bytes free; take a smaller batch or shorter sequences"
                .formatted(device.name(), driver.freeMemory()));
      }
      throw e;
    }
  }

  /** Takes memory for floats. */
  public DeviceMemory floats(long count) {
    return allocate(Math.multiplyExact(count, (long) Float.BYTES));
  }

  /** Takes memory for floats, and queues that it is filled with zeros. */
  public DeviceMemory zeros(long count) {
    DeviceMemory memory = floats(count);
    zero(memory);
    return memory;
  }

  /** Queues that memory is filled with zeros. */
  public void zero(DeviceMemory memory) {
    queue((driver, stream) -> driver.zero(memory.address(), memory.bytes(), stream));
  }

  /** Queues a copy within the device's memory. */
  public void copy(long target, long source, long bytes) {
    queue((driver, stream) -> driver.copy(target, source, bytes, stream));
  }

  /** Queues a copy to an address; the source may change as soon as the call returns. */
  public void upload(float[] source, long target) {
    run(() -> staging.upload(source, target));
  }

  /** Copies floats to {@code target[offset,offset+count)}; what was queued before is then done. */
  public void download(long source, float[] target, int offset, int count) {
    run(() -> staging.download(source, target, offset, count));
  }

  /** Copies some doubles; what was queued before is then done. */
  public double[] downloadDoubles(long source, int count) {
    return call(() -> staging.downloadDoubles(source, count));
  }

  /**
   * Returns the address of memory of the host, for {@link #HOST_FLOATS} floats, where kernels can
   * write what {@link #take} then gives. It is there for one call at a time, and copies use it too.
   */
  public long hostAddress() {
    return call(staging::address);
  }

  /**
   * Gives what kernels wrote to the start of that memory, all that was queued before being done.
   */
  public void take(float[] target) {
    run(() -> staging.take(target));
  }

  /** Waits until all that was queued is done. */
  void await() {
    run(staging::await);
  }

  /** Returns how often the host has waited so. */
  long waits() {
    return call(staging::waits);
  }

  /** Frees memory of either kind, unless it has been freed. */
  void free(Object memory) {
    runIfOpen(
        () -> {
          Runnable release = taken.remove(memory);
          if (release != null) {
            release.run();
          }
        });
  }

  /** Returns how many pieces of memory are taken. */
  public int taken() {
    return call(taken::size);
  }

  /** Frees everything. Closing twice is harmless. */
  @Override
  public void close() {
    close(() -> {});
  }

  /**
   * Frees everything, after all that was asked for has been done, and then one thing more. Closing
   * twice is harmless.
   */
  public void close(Runnable last) {
    thread.close(() -> release(last));
  }

  private void release(Runnable last) {
    Releases releases = new Releases();
    if (stream != null) {
      releases.run(() -> driver.synchronize(stream));
      releases.run(last);
      taken.values().forEach(releases::run);
      taken.clear();
      if (staging != null) {
        releases.run(staging::free);
      }
      releases.run(() -> driver.destroy(stream));
    }
    releases.run(() -> driver.leave(device));
    releases.finish();
  }
}
