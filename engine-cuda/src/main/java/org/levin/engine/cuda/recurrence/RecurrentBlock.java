package org.levin.engine.cuda.recurrence;

import org.levin.engine.cuda.kernel.Kernel;

/**
 * What a block of a recurrent kernel can do, and what it needs and costs for that; the numbers are
 * those in the kernels' sources.
 */
public sealed interface RecurrentBlock
    permits RecurrentBlock.Forward, RecurrentBlock.Backward, TensorBlock {
  /** Gates of a unit. */
  int GATES = 4;

  /** Multiply-adds without tensor cores that a multiprocessor does in a cycle. */
  int PRODUCTS_A_CYCLE = 128;

  /**
   * Bytes that each multiprocessor gets from the second-level cache in a cycle while all of them
   * read. An estimate, which decides on speed only.
   */
  int BYTES_A_CYCLE = 32;

  /** Returns how many units a block has that is to have at least so many. */
  int units(int atLeast);

  /** Returns the threads of a block; 0 if it cannot have as many rows and units. */
  int threads(int rows, int units);

  /** Returns the bytes of shared memory that a block needs. */
  long sharedBytes(int hidden, int rows, int units);

  /** Returns the bytes of global memory, zeros at first, by which blocks exchange a row. */
  long exchangedBytes(int hidden);

  /** Returns the cycles that a block computes in a step, waiting apart. */
  long cycles(int hidden, int rows, int units);

  /** Returns how many multiply-adds a multiprocessor can do in a cycle. */
  default int productsACycle() {
    return PRODUCTS_A_CYCLE;
  }

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
    public long sharedBytes(int hidden, int rows, int units) {
      return (GATES * units + upTo(rows, ROWS)) * paddedLine(hidden) * Float.BYTES;
    }

    @Override
    public long exchangedBytes(int hidden) {
      return 0; // the hidden states themselves
    }

    @Override
    public long cycles(int hidden, int rows, int units) {
      return fp32Cycles(upTo(rows, ROWS), hidden, GATES * units);
    }
  }

  /** Backward in fp32: a thread has some rows of as many units. */
  record Backward() implements RecurrentBlock {
    private static final int TILE = 2;
    private static final int PIECE = 64;

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
    public long sharedBytes(int hidden, int rows, int units) {
      long weights = upTo(units, TILE) * paddedLine(GATES * hidden);
      return (weights + 2 * upTo(rows, TILE) * paddedLine(PIECE)) * Float.BYTES;
    }

    @Override
    public long exchangedBytes(int hidden) {
      return 0; // the gradients themselves
    }

    @Override
    public long cycles(int hidden, int rows, int units) {
      return fp32Cycles(upTo(rows, TILE), GATES * hidden, upTo(units, TILE));
    }
  }

  /** Returns the cycles of reading rows of so many floats, and multiplying them with lines. */
  private static long fp32Cycles(long rows, int depth, long lines) {
    return rows * depth * lines / PRODUCTS_A_CYCLE + rows * depth * Float.BYTES / BYTES_A_CYCLE;
  }

  /** Returns a value, rounded up to a multiple. */
  static long upTo(int value, int multiple) {
    return (long) Math.ceilDiv(value, multiple) * multiple;
  }

  private static long paddedLine(int length) {
    return (Math.ceilDiv(length, 4) | 1) * 4L;
  }
}
