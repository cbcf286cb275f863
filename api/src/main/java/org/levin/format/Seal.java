package org.levin.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * The digest that Levin's own files carry as their first metadata: the SHA-256 of the whole file
 * taken with the digest's 64 digits written as zeros.
 *
 * <p>The header of a sealed file begins with exactly these bytes, so the digits have one place in
 * every file, and no JSON parser decides where it is:
 *
 * <pre>{"__metadata__":{"levin.sha256":"<em>64 digits</em>"</pre>
 */
final class Seal {
  /** The metadata key of the digest. */
  static final String KEY = "levin.sha256";

  /** What the metadata keys of Levin begin with; a file with any of them must be sealed. */
  static final String NAMESPACE = "levin.";

  /** The digits while the digest is being taken. */
  static final String ZEROS = "0".repeat(64);

  private static final byte[] PREFIX =
      ("{\"" + SafetensorsHeader.METADATA + "\":{\"" + KEY + "\":\"")
          .getBytes(StandardCharsets.US_ASCII);

  /** Where the digits begin, counted from the header's first byte. */
  static final int OFFSET = PREFIX.length;

  private Seal() {}

  /** Returns whether a file with these metadata keys must be sealed. */
  static boolean isDemandedBy(Collection<String> keys) {
    return keys.stream().anyMatch(key -> key.startsWith(NAMESPACE));
  }

  /**
   * Returns the digits of the header's seal, and writes zeros over them; empty if they are not in
   * their place.
   *
   * @param header modified in place
   */
  static Optional<String> take(byte[] header) {
    int end = OFFSET + ZEROS.length();
    boolean present =
        header.length > end
            && Arrays.equals(PREFIX, 0, OFFSET, header, 0, OFFSET)
            && header[end] == '"';
    if (!present) {
      return Optional.empty();
    }
    String digits = new String(header, OFFSET, ZEROS.length(), StandardCharsets.ISO_8859_1);
    Arrays.fill(header, OFFSET, end, (byte) '0');
    return Optional.of(digits);
  }
}
