package org.levin.engine.cuda.driver;

/**
 * A GPU.
 *
 * @param ordinal its number in CUDA's order, which {@code CUDA_VISIBLE_DEVICES} may change
 * @param name as the driver says it
 * @param capability compute capability, as {@code 10·major + minor}
 * @param memory all its bytes
 * @param multiprocessors what its blocks run on
 * @param sharedMemory the most bytes of shared memory that a block can have
 * @param cooperative whether blocks of a kernel may wait for each other
 * @param prohibited whether an administrator has forbidden to compute on it
 */
public record CudaDevice(
    int ordinal,
    String name,
    int capability,
    long memory,
    int multiprocessors,
    int sharedMemory,
    boolean cooperative,
    boolean prohibited) {

  /** Returns the compute capability as NVIDIA writes it. */
  public String capabilityName() {
    return capability / 10 + "." + capability % 10;
  }
}
