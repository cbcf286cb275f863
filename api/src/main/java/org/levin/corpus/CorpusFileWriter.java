package org.levin.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.levin.text.Source;
import org.levin.text.Vocabulary;

/** Writes a corpus file from its first byte to its last; see {@link CorpusLayout}. */
final class CorpusFileWriter {
  private final WritableByteChannel channel;
  private final Vocabulary vocabulary;
  private final CorpusLayout layout;
  private final FileBlock dictionary;
  private final List<FileBlock> batches = new ArrayList<>();

  /** Over all bytes that lie in no block. */
  private final CRC32C structure = new CRC32C();

  private long position;
  private long tokens;

  /** Writes everything up to the first record batch. */
  CorpusFileWriter(WritableByteChannel channel, Vocabulary vocabulary) throws IOException {
    this.channel = channel;
    this.vocabulary = vocabulary;
    this.layout = CorpusLayout.of(vocabulary);
    writeStructure(ByteBuffer.wrap(CorpusLayout.HEAD));
    writeStructure(encapsulated(ArrowMessages.schema(layout)));
    this.dictionary = writeDictionary();
  }

  private FileBlock writeDictionary() throws IOException {
    int size = vocabulary.size();
    ByteBuffer offsets = littleEndian((size + 1L) * Integer.BYTES);
    int length = 0;
    offsets.putInt(length);
    for (int id = 0; id < size; id++) {
      length = Math.addExact(length, vocabulary.symbol(id).length);
      offsets.putInt(length);
    }
    ByteBuffer symbols = littleEndian(length);
    for (int id = 0; id < size; id++) {
      symbols.put(vocabulary.symbol(id));
    }
    byte[] message = ArrowMessages.dictionary(size, 0, offsets.limit(), length);
    return writeBlock(message, offsets.clear(), symbols.clear());
  }

  /**
   * Writes a record batch; all but the last must have {@link CorpusLayout#BATCH_TOKENS} ids.
   *
   * @param indices the {@code count} ids in the layout's width, little-endian
   */
  void writeBatch(ByteBuffer indices, int count) throws IOException {
    byte[] message = ArrowMessages.recordBatch(count, 0, indices.remaining());
    batches.add(writeBlock(message, indices));
    tokens += count;
  }

  /** Returns the bytes of an id in the file. */
  int indexWidth() {
    return layout.indexWidth();
  }

  /** Writes the end marker, the footer and the tail. */
  void finish(List<Source> sources) throws IOException {
    ByteBuffer endMarker = littleEndian(CorpusLayout.PREFIX_LENGTH);
    writeStructure(endMarker.putInt(CorpusLayout.CONTINUATION).putInt(0).flip());
    // The digits of the checksum have a fixed length, so the footer with them has the same layout
    // as the one without.
    ByteBuffer unsigned = end(sources, CorpusLayout.ZERO_CRC);
    structure.update(unsigned);
    write(end(sources, CorpusLayout.hex((int) structure.getValue())));
  }

  private ByteBuffer end(List<Source> sources, String structureCrc) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      metadata.put(CorpusLayout.sourceKey(i, "name"), sources.get(i).name());
      metadata.put(CorpusLayout.sourceKey(i, "size"), Long.toString(sources.get(i).size()));
      metadata.put(CorpusLayout.sourceKey(i, "sha256"), sources.get(i).sha256());
    }
    metadata.put(CorpusLayout.TOKENS_KEY, Long.toString(tokens));
    metadata.put(CorpusLayout.DICTIONARY_CRC_KEY, CorpusLayout.hex(dictionary.crc()));
    metadata.put(
        CorpusLayout.BATCH_CRCS_KEY,
        batches.stream()
            .map(batch -> CorpusLayout.hex(batch.crc()))
            .collect(Collectors.joining(",")));
    metadata.put(CorpusLayout.STRUCTURE_CRC_KEY, structureCrc);
    byte[] footer = ArrowMessages.footer(layout, dictionary, batches, metadata);
    if (footer.length > CorpusLayout.longestFooter(position)) {
      throw new IOException(
          "%d texts are too many to be named in one corpus; join them into fewer files"
              .formatted(sources.size()));
    }
    return littleEndian(footer.length + CorpusLayout.TAIL_LENGTH)
        .put(footer)
        .putInt(footer.length)
        .put(CorpusLayout.HEAD, 0, CorpusLayout.TAIL_MAGIC_LENGTH)
        .flip();
  }

  private FileBlock writeBlock(byte[] message, ByteBuffer... buffers) throws IOException {
    long offset = position;
    CRC32C crc = new CRC32C();
    ByteBuffer metadata = encapsulated(message);
    int metadataLength = metadata.remaining();
    crc.update(metadata.duplicate());
    write(metadata);
    for (ByteBuffer buffer : buffers) {
      crc.update(buffer.duplicate());
      write(buffer);
      ByteBuffer padding = ByteBuffer.allocate((int) (CorpusLayout.padded(position) - position));
      crc.update(padding.duplicate());
      write(padding);
    }
    return new FileBlock(
        offset, metadataLength, position - offset - metadataLength, (int) crc.getValue());
  }

  /** Returns the message with its prefix, and padded so that what follows it here is aligned. */
  private ByteBuffer encapsulated(byte[] message) {
    long length =
        CorpusLayout.padded(position + CorpusLayout.PREFIX_LENGTH + message.length) - position;
    return littleEndian(length)
        .putInt(CorpusLayout.CONTINUATION)
        .putInt((int) length - CorpusLayout.PREFIX_LENGTH)
        .put(message)
        .clear();
  }

  private static ByteBuffer littleEndian(long length) {
    return ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void writeStructure(ByteBuffer bytes) throws IOException {
    structure.update(bytes.duplicate());
    write(bytes);
  }

  private void write(ByteBuffer bytes) throws IOException {
    position += bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
