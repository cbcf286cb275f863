package org.levin.engine.cuda;

import org.levin.engine.cuda.kernel.Kernel;

/**
 * The kernels that walk through all steps of a layer, and what a block of each can do and needs;
 * the numbers are those in their sources.
 */
enum RecurrentKernel {
  /** Forward: a thread has four rows of a unit. */
  FORWARD(Kernel.RECURRENT_FORWARD, 1) {
    @Override
    int threads(int rows, int units) {
      return strictThreads(Math.ceilDiv(rows, FORWARD_ROWS) * units);
    }

    @Override
    long sharedFloats(int hidden, int rows, int units) {
      return (GATES * units + upTo(rows, FORWARD_ROWS)) * paddedLine(hidden);
    }

    @Override
    long cost(int hidden, int rows, int units) {
      return upTo(rows, FORWARD_ROWS) * (GATES * (long) units + READ_COST) * hidden;
    }
  },

  /** Backward: a thread has two rows of two units. */
  BACKWARD(Kernel.RECURRENT_BACKWARD, 1) {
    @Override
    int threads(int rows, int units) {
      return strictThreads(Math.ceilDiv(rows, BACKWARD_TILE) * Math.ceilDiv(units, BACKWARD_TILE));
    }

    @Override
    long sharedFloats(int hidden, int rows, int units) {
      return upTo(units, BACKWARD_TILE) * paddedLine(GATES * hidden)
          + 2 * upTo(rows, BACKWARD_TILE) * paddedLine(PIECE);
    }

    @Override
    long cost(int hidden, int rows, int units) {
      return upTo(rows, BACKWARD_TILE) * (upTo(units, BACKWARD_TILE) + READ_COST) * GATES * hidden;
    }
  },

  /** Forward on tensor cores: a warp has 16 rows of four units. */
  FORWARD_TF32(Kernel.RECURRENT_FORWARD_TF32, 4) {
    @Override
    int threads(int rows, int units) {
      return tensorThreads(rows, units);
    }

    @Override
    long sharedFloats(int hidden, int rows, int units) {
      return TENSOR_ROWS * paddedLine((int) upTo(hidden, PIECE)) + rest(hidden, 48, units);
    }

    @Override
    long cost(int hidden, int rows, int units) {
      return TENSOR_ROWS * (GATES * (long) units / TENSOR_SPEED + READ_COST) * hidden;
    }
  },

  /** Backward on tensor cores: a warp has 16 rows of 16 units, of which it adds a gate's part. */
  BACKWARD_TF32(Kernel.RECURRENT_BACKWARD_TF32, 16) {
    @Override
    int threads(int rows, int units) {
      return tensorThreads(rows, units);
    }

    @Override
    long sharedFloats(int hidden, int rows, int units) {
      return GATES * TENSOR_ROWS * (3 * paddedLine(PIECE) + paddedLine(units))
          + rest(hidden, 40, units);
    }

    @Override
    long cost(int hidden, int rows, int units) {
      return TENSOR_ROWS * ((long) units / TENSOR_SPEED + READ_COST) * GATES * hidden;
    }
  };

  private static final int GATES = 4;
  private static final int FORWARD_ROWS = 4;
  private static final int BACKWARD_TILE = 2;

  /** Of k, that a block of the backward pass has in shared memory at once. */
  private static final int PIECE = 64;

  /** Rows of a group, and threads for each unit. */
  private static final int TENSOR_ROWS = 16;

  private static final int TENSOR_THREADS = 8;

  /**
   * What one float costs that a block reads from others, in multiply-adds: a multiprocessor does
   * 128 of these in a cycle, and gets about a tenth as many floats from the second-level cache.
   * This, and the next, are estimates, which decide on speed only.
   */
  private static final int READ_COST = 12;

  /** Multiply-adds of tensor cores in the time of one without. */
  private static final int TENSOR_SPEED = 8;

  private final Kernel kernel;
  private final int unitMultiple;

  RecurrentKernel(Kernel kernel, int unitMultiple) {
    this.kernel = kernel;
    this.unitMultiple = unitMultiple;
  }

  /** Returns what is launched. */
  Kernel kernel() {
    return kernel;
  }

  /** Returns how many units a block has that is to have at least so many. */
  int units(int atLeast) {
    return (int) upTo(atLeast, unitMultiple);
  }

  /** Returns the threads of a block; 0 if it cannot have as many rows and units. */
  abstract int threads(int rows, int units);

  /** Returns the floats of shared memory that a block needs. */
  abstract long sharedFloats(int hidden, int rows, int units);

  /** Returns what a step costs a block, in multiply-adds. */
  abstract long cost(int hidden, int rows, int units);

  private static int strictThreads(long tiles) {
    return tiles <= Kernel.THREADS ? Kernel.THREADS : 0;
  }

  private static int tensorThreads(int rows, int units) {
    int threads = TENSOR_THREADS * units;
    return rows <= TENSOR_ROWS && threads <= Kernel.THREADS ? threads : 0;
  }

  /** The weights that are not in registers, which hold so many products of eight k each. */
  private static long rest(int hidden, int kept, int units) {
    return Math.max(0, upTo(hidden, PIECE) / 8 - kept) * 4 * TENSOR_THREADS * units;
  }

  private static long upTo(int value, int multiple) {
    return (long) Math.ceilDiv(value, multiple) * multiple;
  }

  private static long paddedLine(int length) {
    return upTo(length, 4) + 4;
  }
}
