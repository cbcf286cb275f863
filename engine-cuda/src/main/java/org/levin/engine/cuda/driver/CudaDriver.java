package org.levin.engine.cuda.driver;

import java.util.List;

/**
 * The calls of CUDA's driver that the engine makes, and no others. Every call that fails throws a
 * {@link CudaException}.
 *
 * <p>Device memory is a plain address. Copies, fills and launches are queued in a stream and may
 * fail later, at {@link #synchronize}. Apart from {@link #version} and {@link #devices}, calls
 * belong to the thread that called {@link #enter}.
 */
public interface CudaDriver {

  /** Returns the CUDA version that the driver speaks, as {@code 1000·major + 10·minor}. */
  int version();

  /** Returns the devices, in CUDA's order. */
  List<CudaDevice> devices();

  /** Makes the device's primary context that of the calling thread. */
  void enter(CudaDevice device);

  /** Gives the context back; without another user it is destroyed, with all that it holds. */
  void leave(CudaDevice device);

  /** Returns the bytes of the device's memory that are free. */
  long freeMemory();

  /**
   * Loads kernels.
   *
   * @param image PTX text or a binary; not modified
   */
  CudaModule load(byte[] image);

  /** Unloads a module. */
  void unload(CudaModule module);

  /** Returns a kernel of a module by its entry name. */
  CudaFunction function(CudaModule module, String name);

  /** Returns the address of {@code bytes} bytes of device memory, at least one; not initialized. */
  long allocate(long bytes);

  /** Frees device memory. */
  void free(long address);

  /** Returns page-locked host memory, which copies go through without another copy. */
  HostBuffer allocateHost(int bytes);

  /** Frees page-locked host memory. */
  void free(HostBuffer buffer);

  /** Makes a stream. */
  CudaStream stream();

  /** Destroys a stream once what is queued in it is done. */
  void destroy(CudaStream stream);

  /** Waits until all that was queued in the stream is done. */
  void synchronize(CudaStream stream);

  /** Queues a copy from the start of a host buffer, which must not change until it is done. */
  void copyToDevice(long target, HostBuffer source, long bytes, CudaStream stream);

  /** Queues a copy to the start of a host buffer. */
  void copyToHost(HostBuffer target, long source, long bytes, CudaStream stream);

  /** Queues a copy between two places in device memory. */
  void copy(long target, long source, long bytes, CudaStream stream);

  /** Queues a fill with zeros; {@code bytes} is a multiple of 4. */
  void zero(long target, long bytes, CudaStream stream);

  /**
   * Queues a kernel.
   *
   * @param arguments address in host memory of a table of addresses, one for each argument's value;
   *     read before the call returns
   */
  void launch(CudaFunction function, Grid grid, long arguments, CudaStream stream);

  /** Lets a kernel be launched with up to that much shared memory, which is more than is usual. */
  void allowSharedMemory(CudaFunction function, int bytes);

  /** Returns how many such blocks of a kernel are resident on a multiprocessor at once. */
  int residentBlocks(CudaFunction function, int threads, int sharedBytes);

  /**
   * Queues a kernel whose blocks wait for each other, so that all of them have to be resident.
   *
   * @param sharedBytes of each block
   * @param arguments as for {@link #launch}
   */
  void launchTogether(
      CudaFunction function, Grid grid, int sharedBytes, long arguments, CudaStream stream);

  /**
   * Takes down what is queued in the stream from here on, instead of doing it, until {@link
   * #endCapture}.
   */
  void beginCapture(CudaStream stream);

  /** Returns what was taken down; fails if a call in between has. */
  CudaGraph endCapture(CudaStream stream);

  /** Queues everything that was taken down, with the arguments of then. */
  void launch(CudaGraph graph, CudaStream stream);

  /** Destroys a graph that is not under way. */
  void destroy(CudaGraph graph);
}
