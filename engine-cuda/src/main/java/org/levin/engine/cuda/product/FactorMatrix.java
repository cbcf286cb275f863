package org.levin.engine.cuda.product;

import java.util.Optional;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;

/**
 * A matrix of floats that products take as a factor. On tensor cores they take rows that are whole
 * pieces of 16 bytes, and in bfloat16 they take it rounded: half the bytes, and it is read often.
 * Where it is not so already, a copy lies beside it.
 */
public final class FactorMatrix {
  private static final int PIECE_BYTES = 16;

  private final long values;
  private final int columns;
  private final int elementBytes;

  /** Elements from one row to the next, as products see them. */
  private final int line;

  private final Optional<DeviceMemory> copy;

  /** Makes one of {@code values [rows,columns]}; a copy is not yet filled. */
  public FactorMatrix(long values, int rows, int columns, Precision precision, DeviceScope scope) {
    this.values = values;
    this.columns = columns;
    elementBytes = precision == Precision.BF16 ? Short.BYTES : Float.BYTES;
    int piece = PIECE_BYTES / elementBytes;
    boolean whole = columns % piece == 0 && values % PIECE_BYTES == 0;
    if (precision == Precision.BF16 || precision == Precision.TF32 && !whole) {
      line = Math.ceilDiv(columns, piece) * piece;
      copy = Optional.of(scope.allocate((long) rows * line * elementBytes));
    } else {
      line = columns;
      copy = Optional.empty();
    }
  }

  /** Returns what begins with a row. */
  public Factor from(int row) {
    long address = copy.map(DeviceMemory::address).orElse(values);
    return new Factor(address + (long) row * line * elementBytes, line);
  }

  /** Adds what has to follow every change of {@code rows} rows, the first of them {@code first}. */
  public void changed(LaunchList list, int first, int rows) {
    if (copy.isPresent()) {
      list.each(
          elementBytes == Short.BYTES ? Kernel.COPY_FACTOR_BF16 : Kernel.COPY_FACTOR_TF32,
          (long) rows * line * elementBytes / PIECE_BYTES,
          from(first).address(),
          values + (long) first * columns * Float.BYTES,
          rows,
          columns,
          line);
    }
  }
}
