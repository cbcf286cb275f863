package org.levin.corpus;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.levin.internal.Arguments;
import org.levin.internal.Printable;
import org.levin.text.Vocabulary;

/**
 * The dictionary of a corpus file: the symbols of its vocabulary.
 *
 * @param size number of symbols
 * @param offsets where each symbol starts in {@code symbols}, and the end of the last
 * @param symbols the bytes of all symbols
 */
record FileDictionary(int size, ByteBuffer offsets, ByteBuffer symbols) {
  private static final int LONGEST_QUOTE = 500;

  static FileDictionary read(MemorySegment file, FileBlock block) {
    int crc = MappedTokens.crc(file, block);
    Malformed.unless(
        crc == block.crc(),
        "the dictionary, at byte %d, is damaged: its CRC-32C is %s, expected %s",
        block.offset(),
        CorpusLayout.hex(crc),
        CorpusLayout.hex(block.crc()));
    DictionaryBatch dictionary = new DictionaryBatch();
    boolean present =
        FileMessage.read(file, block, MessageHeader.DictionaryBatch).header(dictionary) != null;
    RecordBatch batch = present ? dictionary.data() : null;
    Malformed.unless(
        batch != null && dictionary.id() == 0 && !dictionary.isDelta(),
        "the dictionary must be whole and have the id 0");
    Malformed.unless(
        batch.length() > 0 && batch.length() < block.bodyLength(),
        "the dictionary should have %d symbols in %d bytes",
        batch.length(),
        block.bodyLength());
    int size = (int) batch.length();
    List<ByteBuffer> buffers = FileMessage.buffers(file, block, batch, 2);
    ByteBuffer offsets = buffers.get(0);
    ByteBuffer symbols = buffers.get(1);
    Malformed.unless(
        offsets.limit() == (size + 1L) * Integer.BYTES
            && offsets.getInt(0) == 0
            && offsets.getInt(size * Integer.BYTES) == symbols.limit(),
        "the %d symbols of the dictionary do not fill its %d bytes",
        size,
        symbols.limit());
    return new FileDictionary(size, offsets, symbols);
  }

  /**
   * Returns a symbol; no offset can lead out of {@code symbols}, for none is less than the one
   * before it.
   */
  private byte[] symbol(int id) {
    int start = offsets.getInt(id * Integer.BYTES);
    int end = offsets.getInt((id + 1) * Integer.BYTES);
    Malformed.unless(
        start >= 0 && start <= end && end <= symbols.limit(),
        "symbol %d of the dictionary has wrong offsets",
        id);
    byte[] symbol = new byte[end - start];
    symbols.get(start, symbol);
    return symbol;
  }

  /**
   * Returns the vocabulary with these symbols.
   *
   * @param known the vocabulary, where the caller has it
   * @throws IllegalArgumentException if it is another one, or is missing though its type is not one
   *     of Levin's own
   */
  Vocabulary vocabulary(CorpusLayout layout, Optional<Vocabulary> known) {
    Vocabulary vocabulary = known.orElseGet(() -> own(layout));
    if (known.isPresent()) {
      Arguments.require(
          layout.equals(CorpusLayout.of(vocabulary)),
          "the corpus was encoded with another vocabulary: %s, but the one given is %s",
          Printable.of(layout.toString(), LONGEST_QUOTE),
          CorpusLayout.of(vocabulary));
      for (int id = 0; id < size; id++) {
        Malformed.unless(
            Arrays.equals(symbol(id), vocabulary.symbol(id)),
            "symbol %d is not the vocabulary's",
            id);
      }
    }
    Malformed.unless(
        vocabulary.fingerprint().equals(layout.fingerprint()),
        "the fingerprint of the dictionary is %s, but the schema has %s",
        vocabulary.fingerprint(),
        layout.fingerprint());
    return vocabulary;
  }

  private Vocabulary own(CorpusLayout layout) {
    Arguments.require(
        layout.isOwn(),
        "the corpus has a vocabulary of the type \"%s\", which a file cannot describe: open the corpus with its vocabulary",
        Printable.of(layout.vocabularyType(), LONGEST_QUOTE));
    int most = layout.isText() ? Character.MAX_CODE_POINT + 1 : 256;
    Malformed.unless(
        size <= most, "the dictionary has %d symbols, but there are only %d", size, most);
    List<byte[]> all = new ArrayList<>(size);
    for (int id = 0; id < size; id++) {
      all.add(symbol(id));
    }
    try {
      return Vocabulary.ofSymbols(layout.vocabularyType(), all);
    } catch (IllegalArgumentException e) {
      throw new Malformed("the dictionary is no vocabulary: " + e.getMessage(), e);
    }
  }
}
