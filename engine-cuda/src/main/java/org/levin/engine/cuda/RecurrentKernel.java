package org.levin.engine.cuda;

import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.Precision;

/** The kernels that walk through all steps of a layer. */
enum RecurrentKernel {
  /** Forward, in the order of the CPU. */
  FORWARD(Kernel.RECURRENT_FORWARD, new RecurrentBlock.Forward()),
  /** Backward, likewise. */
  BACKWARD(Kernel.RECURRENT_BACKWARD, new RecurrentBlock.Backward()),
  /** Forward on tensor cores. */
  FORWARD_TF32(Kernel.RECURRENT_FORWARD_TF32, new RecurrentBlock.TensorForward(8, 4, 6)),
  /** Backward on tensor cores. */
  BACKWARD_TF32(Kernel.RECURRENT_BACKWARD_TF32, new RecurrentBlock.TensorBackward(8, 4, 5)),
  /** Forward on tensor cores. */
  FORWARD_BF16(Kernel.RECURRENT_FORWARD_BF16, new RecurrentBlock.TensorForward(16, 8, 6)),
  /** Backward on tensor cores. */
  BACKWARD_BF16(Kernel.RECURRENT_BACKWARD_BF16, new RecurrentBlock.TensorBackward(16, 8, 6));

  private final Kernel kernel;
  private final RecurrentBlock block;

  RecurrentKernel(Kernel kernel, RecurrentBlock block) {
    this.kernel = kernel;
    this.block = block;
  }

  /** Returns the one that goes forward. */
  static RecurrentKernel forward(Precision precision) {
    return switch (precision) {
      case FP32 -> FORWARD;
      case TF32 -> FORWARD_TF32;
      case BF16 -> FORWARD_BF16;
    };
  }

  /** Returns the one that goes backward. */
  static RecurrentKernel backward(Precision precision) {
    return switch (precision) {
      case FP32 -> BACKWARD;
      case TF32 -> BACKWARD_TF32;
      case BF16 -> BACKWARD_BF16;
    };
  }

  /** Returns what is launched. */
  Kernel kernel() {
    return kernel;
  }

  /** Returns what its blocks can do. */
  RecurrentBlock block() {
    return block;
  }
}
