package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.kernel.Kernel;

/**
 * How the rows and units of a layer are divided among blocks that are all resident at once, at most
 * one on a multiprocessor, and stay for all steps. No division changes a result.
 *
 * @param groups of blocks, which do not know each other
 * @param groupRows rows of each group; the last may have fewer
 * @param blocks of each group
 * @param blockUnits units of each block, likewise
 * @param sharedBytes of shared memory, for each block
 */
record RecurrencePlan(int groups, int groupRows, int blocks, int blockUnits, int sharedBytes) {

  /**
   * What one float costs that a block reads from others, in multiply-adds: a multiprocessor does
   * 128 of these in a cycle, and gets about a tenth as many floats from the second-level cache.
   */
  private static final long READ_COST = 12;

  private static final int GATES = 4;

  /** What a kernel needs; the constants are those in its source. */
  enum Direction {
    /** {@code recurrentForward}. */
    FORWARD(4, 1) {
      @Override
      long sharedFloats(int hidden, int rows, int units) {
        return (GATES * (long) units + upTo(rows, rowTile)) * paddedLine(hidden);
      }

      @Override
      int read(int hidden) {
        return hidden;
      }
    },
    /** {@code recurrentBackward}. */
    BACKWARD(2, 2) {
      private static final int PIECES = 2;
      private static final int PIECE_DEPTH = 64;

      @Override
      long sharedFloats(int hidden, int rows, int units) {
        return upTo(units, unitTile) * paddedLine(GATES * hidden)
            + PIECES * upTo(rows, rowTile) * paddedLine(PIECE_DEPTH);
      }

      @Override
      int read(int hidden) {
        return GATES * hidden;
      }
    };

    /** Rows and units that a thread computes. */
    final int rowTile;

    final int unitTile;

    Direction(int rowTile, int unitTile) {
      this.rowTile = rowTile;
      this.unitTile = unitTile;
    }

    /** Returns the floats of shared memory that a block needs. */
    abstract long sharedFloats(int hidden, int rows, int units);

    /** Returns the floats of each row that a block reads in a step. */
    abstract int read(int hidden);

    private static long upTo(int value, int multiple) {
      return (long) Math.ceilDiv(value, multiple) * multiple;
    }

    private static long paddedLine(int length) {
      return upTo(length, 4) + 4;
    }
  }

  /** Returns the plan that promises the shortest steps, if there is one that fits. */
  static Optional<RecurrencePlan> of(Direction direction, int hidden, int rows, CudaDevice device) {
    RecurrencePlan best = null;
    long least = Long.MAX_VALUE;
    // Fewer blocks first: where the work is the same, fewer have to wait for each other.
    for (int blocks = 1; blocks <= Math.min(hidden, device.multiprocessors()); blocks++) {
      int units = Math.ceilDiv(hidden, blocks);
      int groupRows = Math.ceilDiv(rows, Math.min(rows, device.multiprocessors() / blocks));
      int unitTiles = Math.ceilDiv(units, direction.unitTile);
      int rowTiles = Math.ceilDiv(groupRows, direction.rowTile);
      long bytes = direction.sharedFloats(hidden, groupRows, units) * Float.BYTES;
      if (Math.ceilDiv(hidden, units) == blocks
          && (long) unitTiles * rowTiles <= Kernel.THREADS
          && bytes <= device.sharedMemory()) {
        long work = GATES * (long) units * hidden + READ_COST * direction.read(hidden);
        long cost = work * direction.rowTile * rowTiles;
        if (cost < least) {
          least = cost;
          int groups = Math.ceilDiv(rows, groupRows);
          best = new RecurrencePlan(groups, groupRows, blocks, units, (int) bytes);
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
