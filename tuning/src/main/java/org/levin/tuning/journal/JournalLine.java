package org.levin.tuning.journal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Lines that vouch for themselves and for all before them: each ends with a checksum of its JSON
 * and of the line before's checksum. So a bit that flipped, a line that was lost, and one that was
 * changed by hand are noticed.
 */
final class JournalLine {
  private static final Pattern SEALED =
      Pattern.compile("(\\{.*),\"crc32c\":\"([0-9a-f]{8})\"\\}", Pattern.DOTALL);

  private String before = "";

  /** Returns the JSON object with its checksum and a line break, the next line of a journal. */
  String seal(String json) {
    String open = json.substring(0, json.length() - 1);
    before = checksum(open);
    return open + ",\"crc32c\":\"" + before + "\"}\n";
  }

  /**
   * Returns the JSON of the next line, without its line break.
   *
   * @throws IllegalArgumentException if it is not what was written there
   */
  String open(String line) {
    Matcher matcher = SEALED.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a JSON object that ends with \"crc32c\" is expected");
    }
    String open = matcher.group(1);
    String expected = checksum(open);
    if (!expected.equals(matcher.group(2))) {
      throw new IllegalArgumentException(
          "the checksum is %s where %s is expected: the line, or one before it, was altered or lost"
              .formatted(matcher.group(2), expected));
    }
    before = expected;
    return open + "}";
  }

  private String checksum(String open) {
    CRC32C crc = new CRC32C();
    crc.update((before + open).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
