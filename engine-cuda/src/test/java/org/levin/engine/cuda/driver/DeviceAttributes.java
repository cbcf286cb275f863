package org.levin.engine.cuda.driver;

import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * What a device says of its speed.
 *
 * @param multiprocessors how many
 * @param clock of the multiprocessors, in Hz; 0 where it is unknown
 * @param memoryClock in Hz; likewise
 * @param busBits width of the bus to the memory; likewise
 */
public record DeviceAttributes(int multiprocessors, double clock, double memoryClock, int busBits) {
  private static final double KILO = 1e3;

  /** Asks the driver, which is loaded. */
  public static DeviceAttributes of(CudaDevice device) {
    CUdevice handle = new CUdevice();
    JCudaBinding.check(
        JCudaDriver.cuDeviceGet(handle, device.ordinal()), () -> "cuDeviceGet of " + device);
    return new DeviceAttributes(
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        KILO * attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
        KILO * attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE),
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH));
  }

  private static int attribute(CUdevice device, int attribute) {
    int[] value = new int[1];
    int result = JCudaDriver.cuDeviceGetAttribute(value, attribute, device);
    return result == CUresult.CUDA_SUCCESS ? value[0] : 0; // later drivers may not know all
  }
}
