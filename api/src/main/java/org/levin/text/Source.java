package org.levin.text;

import org.levin.internal.Arguments;

/**
 * A file, as a rule a text, that something was made of: enough to find it again and to know it.
 *
 * @param name its path as the user gave it, or the file name alone; {@code "text"} for a string
 * @param size its size in bytes; of a string, as UTF-8
 * @param sha256 the lower-case hexadecimal SHA-256 of these bytes
 */
public record Source(String name, long size, String sha256) {
  /** Checks name, size and digest. */
  public Source {
    Arguments.require(!name.isEmpty(), "the name of a source must not be empty");
    Arguments.atLeast(0, size, "the size of a source");
    Arguments.sha256(sha256, "the SHA-256 of a source");
  }

  /** Returns whether the other has the same bytes, whatever its name. */
  public boolean hasTheBytesOf(Source other) {
    return size == other.size && sha256.equals(other.sha256);
  }
}
