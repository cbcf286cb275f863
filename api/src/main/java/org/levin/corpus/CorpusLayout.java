package org.levin.corpus;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.levin.text.Vocabulary;

/**
 * What the schema of a corpus file says, and the numbers of its layout.
 *
 * <p>The file is an Arrow IPC file: magic, schema message, one dictionary batch, record batches,
 * end marker, footer, length of the footer, magic. Every block (an encapsulated message and its
 * body) starts right where the one before ended.
 *
 * @param vocabularyType see {@link Vocabulary#type()}
 * @param vocabularySize number of symbols
 * @param fingerprint see {@link Vocabulary#fingerprint()}
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format">Arrow columnar
 *     format, IPC file</a>
 */
record CorpusLayout(String vocabularyType, int vocabularySize, String fingerprint) {
  /** Tokens of every record batch but the last. */
  static final int BATCH_TOKENS = 1 << 20;

  /** Blocks, bodies and buffers start at multiples of this; Arrow asks for 8 and recommends 64. */
  static final int ALIGNMENT = 64;

  /** The magic at the start, padded to 8 bytes; at the end it stands without the padding. */
  static final byte[] HEAD = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);

  static final int TAIL_MAGIC_LENGTH = 6;

  /** Four bytes of footer length and the magic. */
  static final int TAIL_LENGTH = Integer.BYTES + TAIL_MAGIC_LENGTH;

  /** What an encapsulated message begins with, before the length of its metadata. */
  static final int CONTINUATION = -1;

  /** Continuation and length. */
  static final int PREFIX_LENGTH = 2 * Integer.BYTES;

  static final String COLUMN = "token";
  static final String VERSION = "1";

  /** Keys of the schema's metadata. */
  static final String VERSION_KEY = "levin.format";

  static final String TYPE_KEY = "levin.vocabulary.type";
  static final String FINGERPRINT_KEY = "levin.vocabulary.fingerprint";

  /** Keys of the footer's metadata. */
  static final String TOKENS_KEY = "levin.tokens";

  static final String DICTIONARY_CRC_KEY = "levin.crc32c.dictionary";
  static final String BATCH_CRCS_KEY = "levin.crc32c.batches";
  static final String STRUCTURE_CRC_KEY = "levin.crc32c.structure";

  /** The checksum of the structure is taken with its own digits as these. */
  static final String ZERO_CRC = "00000000";

  static CorpusLayout of(Vocabulary vocabulary) {
    return new CorpusLayout(vocabulary.type(), vocabulary.size(), vocabulary.fingerprint());
  }

  /** Returns the key of one property ({@code name}, {@code size}, {@code sha256}) of a source. */
  static String sourceKey(int source, String property) {
    return "levin.source." + source + "." + property;
  }

  /** Returns the schema's metadata, in the order of the file. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION_KEY, VERSION);
    metadata.put(TYPE_KEY, vocabularyType);
    metadata.put(FINGERPRINT_KEY, fingerprint);
    return metadata;
  }

  /**
   * Returns the bytes of an id: the smallest signed integer that holds {@code vocabularySize - 1}.
   */
  int indexWidth() {
    if (vocabularySize <= 1 << 7) {
      return 1;
    }
    return vocabularySize <= 1 << 15 ? 2 : 4;
  }

  /** Returns whether the symbols in the file are all that there is to know of the vocabulary. */
  boolean isOwn() {
    return isText() || vocabularyType.equals(Vocabulary.BYTES);
  }

  /** Returns whether the symbols are characters, so that other tools may show them as text. */
  boolean isText() {
    return vocabularyType.equals(Vocabulary.CODE_POINTS);
  }

  /**
   * Returns what a footer in a file of {@code size} bytes may have: far more than it needs, but
   * nothing that memory could not hold.
   */
  static long longestFooter(long size) {
    return Math.min((64L << 20) + size / 1024, 1 << 30);
  }

  static long padded(long length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static String hex(int crc) {
    return "%08x".formatted(crc);
  }
}
