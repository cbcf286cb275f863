package org.levin.engine.cuda;

import org.levin.engine.cuda.kernel.Kernel;

/**
 * What a block of a recurrent kernel can do, and what it needs and costs for that; the numbers are
 * those in the kernels' sources.
 */
sealed interface RecurrentBlock {
  /** Gates of a unit. */
  int GATES = 4;

  /** Of k, that a block of the backward pass copies at once, and to which tensor cores round. */
  int PIECE = 64;

  /**
   * What one float costs that a block reads from others, in multiply-adds: a multiprocessor does
   * 128 of these in a cycle, and gets about a tenth as many floats from the second-level cache. An
   * estimate, which decides on speed only.
   */
  int READ_COST = 12;

  /** Returns how many units a block has that is to have at least so many. */
  int units(int atLeast);

  /** Returns the threads of a block; 0 if it cannot have as many rows and units. */
  int threads(int rows, int units);

  /** Returns the floats of shared memory that a block needs. */
  long sharedFloats(int hidden, int rows, int units);

  /** Returns what a step costs a block, in multiply-adds without tensor cores. */
  long cost(int hidden, int rows, int units);

  /** Forward in fp32: a thread has some rows of a unit. */
  record Forward() implements RecurrentBlock {
    private static final int ROWS = 4;

    @Override
    public int units(int atLeast) {
      return atLeast;
    }

    @Override
    public int threads(int rows, int units) {
      return (long) Math.ceilDiv(rows, ROWS) * units <= Kernel.THREADS ? Kernel.THREADS : 0;
    }

    @Override
    public long sharedFloats(int hidden, int rows, int units) {
      return (GATES * units + upTo(rows, ROWS)) * paddedLine(hidden);
    }

    @Override
    public long cost(int hidden, int rows, int units) {
      return upTo(rows, ROWS) * (GATES * units + READ_COST) * hidden;
    }
  }

  /** Backward in fp32: a thread has some rows of as many units. */
  record Backward() implements RecurrentBlock {
    private static final int TILE = 2;

    @Override
    public int units(int atLeast) {
      return atLeast;
    }

    @Override
    public int threads(int rows, int units) {
      long tiles = (long) Math.ceilDiv(rows, TILE) * Math.ceilDiv(units, TILE);
      return tiles <= Kernel.THREADS ? Kernel.THREADS : 0;
    }

    @Override
    public long sharedFloats(int hidden, int rows, int units) {
      return upTo(units, TILE) * paddedLine(GATES * hidden) + 2 * upTo(rows, TILE) * (PIECE + 4);
    }

    @Override
    public long cost(int hidden, int rows, int units) {
      return upTo(rows, TILE) * (upTo(units, TILE) + READ_COST) * GATES * hidden;
    }
  }

  /**
   * Forward on tensor cores: a warp has 16 rows of four units.
   *
   * @param depth of k, in one product
   * @param pad floats at the end of a line in shared memory
   * @param kept pieces of k whose weights are in registers
   */
  record TensorForward(int depth, int pad, int kept) implements RecurrentBlock {

    @Override
    public int units(int atLeast) {
      return (int) upTo(atLeast, 4);
    }

    @Override
    public int threads(int rows, int units) {
      return tensorThreads(rows, units);
    }

    @Override
    public long sharedFloats(int hidden, int rows, int units) {
      return TENSOR_ROWS * (upTo(hidden, PIECE) + pad) + rest(hidden, units, kept, depth);
    }

    @Override
    public long cost(int hidden, int rows, int units) {
      return (long) TENSOR_ROWS * (GATES * units / depth + READ_COST) * hidden;
    }
  }

  /**
   * Backward on tensor cores: a warp has 16 rows of 16 units, and adds one gate's part.
   *
   * @param depth of k, in one product
   * @param pad floats at the end of a line in shared memory
   * @param kept pieces of k whose weights are in registers
   */
  record TensorBackward(int depth, int pad, int kept) implements RecurrentBlock {
    private static final int STAGES = 3;

    @Override
    public int units(int atLeast) {
      return (int) upTo(atLeast, 16);
    }

    @Override
    public int threads(int rows, int units) {
      return tensorThreads(rows, units);
    }

    @Override
    public long sharedFloats(int hidden, int rows, int units) {
      long lines = STAGES * (PIECE + pad) + (units + 4);
      return GATES * TENSOR_ROWS * lines + rest(hidden, units, kept, depth);
    }

    @Override
    public long cost(int hidden, int rows, int units) {
      return (long) TENSOR_ROWS * (units / depth + READ_COST) * GATES * hidden;
    }
  }

  /** Rows of a group, and threads for each unit, on tensor cores. */
  int TENSOR_ROWS = 16;

  /** Likewise. */
  int TENSOR_THREADS = 8;

  private static int tensorThreads(int rows, int units) {
    int threads = TENSOR_THREADS * units;
    return rows <= TENSOR_ROWS && threads <= Kernel.THREADS ? threads : 0;
  }

  /** The weights that are not in registers: four words a thread for each product. */
  private static long rest(int hidden, int units, int kept, int depth) {
    int pieces = Math.max(0, Math.ceilDiv(hidden, PIECE) - kept);
    return (long) pieces * (PIECE / depth) * 4 * TENSOR_THREADS * units;
  }

  private static long upTo(int value, int multiple) {
    return (long) Math.ceilDiv(value, multiple) * multiple;
  }

  private static long paddedLine(int length) {
    return upTo(length, 4) + 4;
  }
}
