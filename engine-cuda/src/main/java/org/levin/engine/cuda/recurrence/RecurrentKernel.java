package org.levin.engine.cuda.recurrence;

import java.util.List;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.Precision;

/** The kernels that walk through all steps of a layer. */
public enum RecurrentKernel {
  /** Forward, in the order of the CPU. */
  FORWARD(Kernel.RECURRENT_FORWARD, new RecurrentBlock.Forward()),
  /** Backward, likewise. */
  BACKWARD(Kernel.RECURRENT_BACKWARD, new RecurrentBlock.Backward()),
  /** Forward on tensor cores. */
  FORWARD_TF32(Kernel.RECURRENT_FORWARD_TF32, new TensorBlock(1, 4, 1, 6, 5)),
  /** Backward on tensor cores. */
  BACKWARD_TF32(Kernel.RECURRENT_BACKWARD_TF32, new TensorBlock(4, 4, 1, 6, 3)),
  /** Forward on tensor cores, 16 rows of a group. */
  FORWARD_BF16(Kernel.RECURRENT_FORWARD_BF16, new TensorBlock(1, 2, 1, 4, 5)),
  /** Backward on tensor cores, likewise. */
  BACKWARD_BF16(Kernel.RECURRENT_BACKWARD_BF16, new TensorBlock(4, 2, 1, 4, 5)),
  /** Forward on tensor cores, 8 rows of a group, but twice the units of a block. */
  FORWARD_BF16_NARROW(Kernel.RECURRENT_FORWARD_BF16_NARROW, new TensorBlock(1, 2, 2, 3, 5)),
  /** Backward on tensor cores, likewise. */
  BACKWARD_BF16_NARROW(Kernel.RECURRENT_BACKWARD_BF16_NARROW, new TensorBlock(4, 2, 2, 3, 5));

  private final Kernel kernel;
  private final RecurrentBlock block;

  RecurrentKernel(Kernel kernel, RecurrentBlock block) {
    this.kernel = kernel;
    this.block = block;
  }

  /** Returns those that go forward, and give the same bits. */
  public static List<RecurrentKernel> forward(Precision precision) {
    return switch (precision) {
      case FP32 -> List.of(FORWARD);
      case TF32 -> List.of(FORWARD_TF32);
      case BF16 -> List.of(FORWARD_BF16, FORWARD_BF16_NARROW);
    };
  }

  /** Returns those that go backward, and give the same bits. */
  public static List<RecurrentKernel> backward(Precision precision) {
    return switch (precision) {
      case FP32 -> List.of(BACKWARD);
      case TF32 -> List.of(BACKWARD_TF32);
      case BF16 -> List.of(BACKWARD_BF16, BACKWARD_BF16_NARROW);
    };
  }

  /** Returns what is launched. */
  public Kernel kernel() {
    return kernel;
  }

  /** Returns what its blocks can do. */
  public RecurrentBlock block() {
    return block;
  }
}
