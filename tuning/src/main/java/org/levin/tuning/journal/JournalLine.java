package org.levin.tuning.journal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Lines that vouch for themselves and for all before them: each ends with a checksum of the line
 * before's checksum and of its own JSON. So a bit that flipped, a line that was lost, and one that
 * was changed by hand are noticed.
 */
final class JournalLine {
  private static final Pattern SEAL = Pattern.compile(",\"crc32c\":\"([0-9a-f]{8})\"\\}");
  private static final int SEAL_LENGTH = ",\"crc32c\":\"01234567\"}".length();

  private String before = "";
  private String sealed = "";

  /** Returns the JSON object with its checksum and a line break, as it would come next. */
  byte[] seal(String json) {
    return sealBytes(json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the line of a JSON object without its last bracket. */
  byte[] sealBytes(byte[] open) {
    sealed = checksum(open, open.length);
    byte[] seal = (",\"crc32c\":\"" + sealed + "\"}\n").getBytes(StandardCharsets.UTF_8);
    byte[] line = Arrays.copyOf(open, open.length + seal.length);
    System.arraycopy(seal, 0, line, open.length, seal.length);
    return line;
  }

  /** Takes the line that was sealed last for written: the next one follows it. */
  void written() {
    before = sealed;
  }

  /**
   * Returns the JSON of the next line.
   *
   * @param line without its line break; not modified
   * @throws IllegalArgumentException if it is not what was written there
   */
  String open(byte[] line) {
    int end = Math.max(0, line.length - SEAL_LENGTH);
    Matcher seal =
        SEAL.matcher(new String(line, end, line.length - end, StandardCharsets.ISO_8859_1));
    if (!seal.matches() || line[0] != '{') {
      throw new IllegalArgumentException("a JSON object that ends with \"crc32c\" is expected");
    }
    String expected = checksum(line, end);
    if (!expected.equals(seal.group(1))) {
      throw new IllegalArgumentException(
          "the checksum is %s where %s is expected: the line, or one before it, was altered or lost"
              .formatted(seal.group(1), expected));
    }
    before = expected;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, end)) + "}";
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    }
  }

  private String checksum(byte[] line, int end) {
    CRC32C crc = new CRC32C();
    crc.update(before.getBytes(StandardCharsets.UTF_8));
    crc.update(line, 0, end);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
