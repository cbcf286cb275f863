package org.levin.engine.cuda.driver;

/**
 * A GPU.
 *
 * @param ordinal its number in CUDA's order, which {@code CUDA_VISIBLE_DEVICES} may change
 * @param name as the driver says it
 * @param capability compute capability, as {@code 10·major + minor}
 * @param memory all its bytes
 */
public record CudaDevice(int ordinal, String name, int capability, long memory) {

  /** Returns the compute capability as NVIDIA writes it. */
  public String capabilityName() {
    return capability / 10 + "." + capability % 10;
  }
}
