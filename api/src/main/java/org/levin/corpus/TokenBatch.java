package org.levin.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A record batch as it grows: ids in the width that they have in the file. */
final class TokenBatch {
  /** Ids that may be put when the batch is nearly full. */
  static final int OVERHANG = 1 << 16;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int width;
  private final byte[] bytes;
  private int size;

  /**
   * Makes an empty batch.
   *
   * @param width bytes of an id: 1, 2 or 4
   */
  TokenBatch(int width) {
    this.width = width;
    this.bytes = new byte[(CorpusLayout.BATCH_TOKENS + OVERHANG) * width];
  }

  int width() {
    return width;
  }

  int size() {
    return size;
  }

  /**
   * Returns whether it has all the ids that a batch in a file may have; {@link #OVERHANG} more can
   * be put.
   */
  boolean isFull() {
    return size >= CorpusLayout.BATCH_TOKENS;
  }

  /** Puts the first {@code count} ids, at most {@link #OVERHANG}. */
  void put(int[] ids, int count) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          bytes[size + i] = (byte) ids[i];
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          SHORT.set(bytes, (size + i) * Short.BYTES, (short) ids[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          INT.set(bytes, (size + i) * Integer.BYTES, ids[i]);
        }
      }
    }
    size += count;
  }

  /** Returns the array of all ids, to be written to from the {@link #size()}th on. */
  byte[] bytes() {
    return bytes;
  }

  /** Takes what was written into the array: {@code newSize} ids now. */
  void grow(int newSize) {
    size = newSize;
  }

  /** Returns the first ids, as many as a batch in a file may have. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, Math.min(size, CorpusLayout.BATCH_TOKENS) * width);
  }

  /** Starts the next batch, with the ids that were too many for this one. */
  void removeContent() {
    int written = Math.min(size, CorpusLayout.BATCH_TOKENS);
    size -= written;
    System.arraycopy(bytes, written * width, bytes, 0, size * width);
  }
}
