package org.levin.corpus;

import java.util.Locale;

/**
 * What is wrong with a corpus file, on its way to {@link CorpusFileReader}, which knows the file
 * and makes the public exception of it.
 */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Malformed(String problem, Throwable cause) {
    super(problem, cause);
  }

  /** Throws with the formatted message unless {@code condition} holds. */
  static void unless(boolean condition, String problem, Object... values) {
    if (!condition) {
      throw new Malformed(String.format(Locale.ROOT, problem, values), null);
    }
  }
}
