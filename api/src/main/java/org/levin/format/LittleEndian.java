package org.levin.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers between arrays and files, a buffer at a time. */
final class LittleEndian {
  private static final int BUFFER_BYTES = 1 << 16;

  private LittleEndian() {}

  /** Returns a buffer for {@link #put}; its size is a multiple of that of a number. */
  static ByteBuffer buffer() {
    return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Fills the buffer with values and readies it for reading; bits are kept, those of a NaN too.
   *
   * @param values not modified
   * @param from the first to take
   * @param buffer overwritten
   * @return how many were taken, at least 1 unless none were left
   */
  static int put(float[] values, int from, ByteBuffer buffer) {
    int count = Math.min(values.length - from, buffer.capacity() / Float.BYTES);
    buffer.clear().asFloatBuffer().put(values, from, count);
    buffer.limit(count * Float.BYTES);
    return count;
  }
}
