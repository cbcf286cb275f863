package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The memory of this JVM, of which a sound file may need more than there is. */
final class Memory {
  /** What a text may take, a part of it at a time, while objects are made of it. */
  private static final int OBJECTS_PER_TEXT = 8;

  private Memory() {}

  /**
   * Refuses a text of which objects are to be made, if the heap could not hold them.
   *
   * @param what the text, as a message names it
   * @throws IOException if there is no room
   */
  static void requireForText(Path file, String what, long bytes) throws IOException {
    require(file, what, bytes, largest() / OBJECTS_PER_TEXT);
  }

  /**
   * Refuses values that the heap could not hold.
   *
   * @param what the values, as a message names them
   * @throws IOException if there is no room
   */
  static void require(Path file, String what, long bytes) throws IOException {
    require(file, what, bytes, largest());
  }

  private static void require(Path file, String what, long bytes, long possible)
      throws IOException {
    if (bytes > possible) {
      throw tooLittle(file, what, bytes, possible, null);
    }
  }

  /**
   * Returns large arrays; the JVM goes on as before if there is no room for them.
   *
   * @param what what they are for, as a message names it
   * @param bytes how much they take
   * @throws IOException if there is no room
   */
  static <T> T allocate(Path file, String what, long bytes, Supplier<T> arrays) throws IOException {
    require(file, what, bytes);
    try {
      return arrays.get();
    } catch (OutOfMemoryError e) {
      throw tooLittle(file, what, bytes, largest(), e);
    }
  }

  /** Returns how many objects of about {@code size} bytes may be made, at most {@code most}. */
  static int most(int most, int size) {
    return (int) Math.min(most, largest() / size);
  }

  private static long largest() {
    return Runtime.getRuntime().maxMemory();
  }

  private static IOException tooLittle(
      Path file, String what, long bytes, long possible, OutOfMemoryError cause) {
    return new IOException(
        "%s: the memory of this JVM is too small for %s, %d bytes, of which it may hold %d; give it more with -Xmx"
            .formatted(file, what, bytes, possible),
        cause);
  }
}
