package org.levin.engine.cuda.driver;

import java.util.Optional;

/** What a user can do about errors of the driver. */
final class Remedy {
  static final String DRIVER =
      "install NVIDIA's driver 580 or newer (https://www.nvidia.com/drivers)";

  private Remedy() {}

  /**
   * Returns the remedy, if one is known.
   *
   * @param errorName the driver's name of the error, such as {@code CUDA_ERROR_OUT_OF_MEMORY}
   */
  static Optional<String> of(String errorName) {
    return Optional.ofNullable(
        switch (errorName) {
          case "CUDA_ERROR_NO_DEVICE" ->
              "check that nvidia-smi lists a GPU, and that CUDA_VISIBLE_DEVICES does not hide it";
          case "CUDA_ERROR_DEVICE_UNAVAILABLE" ->
              "end the process that has the GPU to itself (nvidia-smi lists it), or share the GPU"
                  + " (nvidia-smi -c DEFAULT)";
          case "CUDA_ERROR_OUT_OF_MEMORY" ->
              "end other processes that use the GPU (nvidia-smi lists them)";
          case "CUDA_ERROR_SYSTEM_NOT_READY" ->
              "start NVIDIA's fabric manager, which connects the GPUs of this machine";
          case "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH" ->
              "restart the machine, so that the driver's kernel module is that of its library";
          case "CUDA_ERROR_STUB_LIBRARY" ->
              "take the folder stubs of the CUDA toolkit out of LD_LIBRARY_PATH, and " + DRIVER;
          case "CUDA_ERROR_JIT_COMPILER_NOT_FOUND" ->
              "install libnvidia-ptxjitcompiler.so.1, a part of NVIDIA's driver";
          case "CUDA_ERROR_UNSUPPORTED_PTX_VERSION" -> DRIVER;
          case "CUDA_ERROR_ILLEGAL_ADDRESS",
              "CUDA_ERROR_LAUNCH_TIMEOUT",
              "CUDA_ERROR_HARDWARE_STACK_ERROR",
              "CUDA_ERROR_ILLEGAL_INSTRUCTION",
              "CUDA_ERROR_MISALIGNED_ADDRESS",
              "CUDA_ERROR_INVALID_ADDRESS_SPACE",
              "CUDA_ERROR_INVALID_PC",
              "CUDA_ERROR_LAUNCH_FAILED",
              "CUDA_ERROR_ECC_UNCORRECTABLE" ->
              "start the program anew: this process cannot use the GPU any more";
          default -> null;
        });
  }
}
