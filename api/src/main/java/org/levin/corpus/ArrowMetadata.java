package org.levin.corpus;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.arrow.flatbuf.KeyValue;

/** The custom metadata of a schema or a footer, read from a file that may be damaged. */
record ArrowMetadata(Map<String, String> entries) {
  /** Of any entry but the list of checksums; a file name is shorter. */
  private static final int LONGEST = 4096;

  /** Bytes that an entry takes in a file, whatever it says. */
  private static final int SHORTEST_ENTRY = 32;

  private static final int CRC_DIGITS = CorpusLayout.ZERO_CRC.length();

  /**
   * Reads the entries.
   *
   * @param count how many there should be
   * @param longest bytes of the longest value, if that is more than a few thousand
   * @param room bytes of what holds them: in a made-up file entries may share bytes, and would grow
   *     without end
   */
  static ArrowMetadata read(IntFunction<KeyValue> entry, int count, long longest, long room) {
    Malformed.unless(
        count >= 0 && count <= room / SHORTEST_ENTRY,
        "there should be %d metadata entries in %d bytes",
        count,
        room);
    Map<String, String> entries = new LinkedHashMap<>();
    long left = room;
    for (int i = 0; i < count; i++) {
      KeyValue here = entry.apply(i);
      String key = string(here.keyAsByteBuffer(), Math.min(LONGEST, left));
      String value =
          string(
              here.valueAsByteBuffer(), Math.min(Math.max(LONGEST, longest), left - key.length()));
      left -= key.length() + value.length();
      Malformed.unless(
          entries.put(key, value) == null, "the metadata key \"%s\" is there twice", key);
    }
    return new ArrowMetadata(entries);
  }

  /** Returns the text of a flatbuffer's string, at most {@code longest} bytes. */
  static String string(ByteBuffer bytes, long longest) {
    Malformed.unless(
        bytes != null && bytes.remaining() <= longest, "a string is missing or too long");
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("a string is no well-formed UTF-8", e);
    }
  }

  static String string(ByteBuffer bytes) {
    return string(bytes, LONGEST);
  }

  int size() {
    return entries.size();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  String text(String key) {
    String value = entries.get(key);
    Malformed.unless(
        value != null,
        "no corpus of Levin, though an Arrow file, or a damaged one: there is no metadata entry \"%s\"",
        key);
    return value;
  }

  /** Returns a number; throws {@link NumberFormatException} for what is none. */
  long number(String key) {
    return Long.parseLong(text(key));
  }

  /** Returns {@code count} checksums; throws {@link IllegalArgumentException} for what is none. */
  int[] crcs(String key, int count) {
    String list = text(key);
    Malformed.unless(
        list.length() == (CRC_DIGITS + 1L) * count - 1,
        "%s should be %d checksums, but is \"%.100s\"",
        key,
        count,
        list);
    int[] crcs = new int[count];
    for (int i = 0; i < count; i++) {
      int start = i * (CRC_DIGITS + 1);
      Malformed.unless(
          i == 0 || list.charAt(start - 1) == ',', "%s should be separated by commas", key);
      crcs[i] = HexFormat.fromHexDigits(list, start, start + CRC_DIGITS);
      // One bit is all that lies between a lower-case digit and an upper-case one.
      Malformed.unless(
          list.startsWith(CorpusLayout.hex(crcs[i]), start), "%s should be in lower case", key);
    }
    return crcs;
  }
}
