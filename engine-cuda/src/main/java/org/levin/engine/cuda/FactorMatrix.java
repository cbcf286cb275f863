package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;

/**
 * A matrix of floats that products take as a factor. In bfloat16 they take a rounded copy beside
 * it: one that is read often enough to be worth half the bytes, and has rows that can be copied in
 * whole pieces.
 */
final class FactorMatrix {
  /** Values that the kernels copy at once, of which a row of the copy is a multiple. */
  private static final int PIECE = 8;

  private final long values;
  private final int columns;

  /** Elements from one row to the next, as products see them. */
  private final int line;

  private final Optional<DeviceMemory> copy;

  /** Makes one of {@code values [rows,columns]}; the copy is not yet filled. */
  FactorMatrix(long values, int rows, int columns, Precision precision, DeviceScope scope) {
    this.values = values;
    this.columns = columns;
    if (precision == Precision.BF16) {
      line = Math.ceilDiv(columns, PIECE) * PIECE;
      copy = Optional.of(scope.allocate((long) rows * line * Short.BYTES));
    } else {
      line = columns;
      copy = Optional.empty();
    }
  }

  /** Returns what begins with a row. */
  Factor from(int row) {
    long index = (long) row * line;
    return new Factor(
        copy.map(memory -> memory.address() + index * Short.BYTES)
            .orElse(values + index * Float.BYTES),
        line);
  }

  /** Adds what has to follow every change of {@code rows} rows, the first of them {@code first}. */
  void round(LaunchList list, int first, int rows) {
    if (copy.isPresent()) {
      list.each(
          Kernel.ROUND_BF16,
          (long) rows * line / PIECE,
          from(first).address(),
          values + (long) first * columns * Float.BYTES,
          rows,
          columns,
          line);
    }
  }
}
