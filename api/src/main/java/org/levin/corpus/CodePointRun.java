package org.levin.corpus;

/**
 * Code points of a few characters of UTF-8, one after the other: small loops over them are quicker
 * than one that does everything for each.
 */
final class CodePointRun {
  /** Small enough for a core's first cache. */
  static final int CAPACITY = 1024;

  /** So often words of short characters are looked for, with which there are quicker ways. */
  private static final int STRIDE = 8;

  private final int[] codePoints = new int[CAPACITY];
  private int size;

  /**
   * Decodes well-formed characters until there is none, this run is full, or words of short
   * characters come.
   *
   * @return where it stopped; at {@code start} only if no whole well-formed character is there
   */
  int decode(byte[] bytes, int start, int end) {
    int at = start;
    size = 0;
    boolean more = true;
    while (more) {
      int next = decodeStride(bytes, at, end);
      more =
          size % STRIDE == 0
              && size < CAPACITY
              && next > at
              && next <= end - Long.BYTES
              && !Utf8.startsShort((long) Utf8.WORD.get(bytes, next));
      at = next;
    }
    return at;
  }

  private int decodeStride(byte[] bytes, int start, int end) {
    int at = start;
    int count = size;
    int stop = count + STRIDE;
    while (count < stop && at < end) {
      // With a length for each branch the next character need not wait for this one.
      int leader = bytes[at];
      int codePoint;
      int length;
      if (leader >= 0) {
        codePoint = leader;
        length = 1;
      } else if (Utf8.leadsTwo(leader)) {
        codePoint = Utf8.ofTwo(bytes, at, end);
        length = 2;
      } else if (Utf8.leadsThree(leader)) {
        codePoint = Utf8.ofThree(bytes, at, end);
        length = 3;
      } else {
        codePoint = Utf8.ofFour(bytes, at, end);
        length = 4;
      }
      if (codePoint == Utf8.NONE) {
        break;
      }
      codePoints[count++] = codePoint;
      at += length;
    }
    size = count;
    return at;
  }

  int size() {
    return size;
  }

  /** Returns how many bytes the first {@code count} characters have. */
  int bytes(int count) {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += Utf8.length(codePoints[i]);
    }
    return bytes;
  }

  /** Returns the code points, of which the first {@link #size()} count; not to be modified. */
  int[] codePoints() {
    return codePoints;
  }
}
