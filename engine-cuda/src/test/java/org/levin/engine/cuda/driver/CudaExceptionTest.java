package org.levin.engine.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CudaExceptionTest {

  @Test
  void endsWithWhatToDo() {
    CudaException full =
        new CudaException("cuMemAlloc of 9 bytes", "CUDA_ERROR_OUT_OF_MEMORY", "out of memory");
    String failure = "cuMemAlloc of 9 bytes: CUDA_ERROR_OUT_OF_MEMORY (out of memory)";
    String remedy = "; end other processes that use the GPU (nvidia-smi lists them)";
    assertEquals(failure + remedy, full.getMessage());
    assertEquals(
        failure + "; 8 bytes are free" + remedy, full.with("8 bytes are free").getMessage());
  }

  @Test
  void saysWhenOnlyANewProcessHelps() {
    assertEquals(
        "wait: CUDA_ERROR_ILLEGAL_ADDRESS (an illegal access); start the program anew: this process"
            + " cannot use the GPU any more",
        new CudaException("wait", "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal access").getMessage());
  }

  @Test
  void saysNoMoreWhereNothingIsKnown() {
    assertEquals(
        "cuEventCreate: CUDA_ERROR_OF_TOMORROW (new)",
        new CudaException("cuEventCreate", "CUDA_ERROR_OF_TOMORROW", "new").getMessage());
  }
}
