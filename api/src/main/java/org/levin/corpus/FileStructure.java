package org.levin.corpus;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Schema;

/**
 * The outermost of a corpus file, read and checked: where its blocks lie, and what its footer says.
 *
 * @param schema the footer's copy of the schema
 * @param dictionary the block of the dictionary; the schema message ends where it starts
 * @param batches the blocks of the record batches, at least one
 * @param metadata the footer's metadata
 */
record FileStructure(
    Schema schema, FileBlock dictionary, List<FileBlock> batches, ArrowMetadata metadata) {
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** {@code FFFFFFFF 00000000}: no more messages. */
  private static final int END_MARKER_LENGTH = CorpusLayout.PREFIX_LENGTH;

  private static final int SMALLEST =
      CorpusLayout.HEAD.length + END_MARKER_LENGTH + CorpusLayout.TAIL_LENGTH;

  /** What a footer may take, a part of it at a time, while objects are made of it. */
  private static final int OBJECTS_PER_FOOTER = 8;

  /** Bytes of a {@link Block} in the footer. */
  private static final int BLOCK_LENGTH = 24;

  static FileStructure read(MemorySegment file) {
    checkMagic(file);
    long size = file.byteSize();
    long footerLength = file.get(INT, size - CorpusLayout.TAIL_LENGTH);
    long footerStart = size - CorpusLayout.TAIL_LENGTH - footerLength;
    Malformed.unless(
        footerLength > 0
            && footerLength <= CorpusLayout.longestFooter(size)
            && footerStart >= CorpusLayout.HEAD.length + END_MARKER_LENGTH,
        "the footer should be %d bytes long, but the file has %d",
        footerLength,
        size);
    Malformed.unless(
        footerLength <= Runtime.getRuntime().maxMemory() / OBJECTS_PER_FOOTER,
        "the memory of this JVM is too small for a footer of %d bytes; give it more with -Xmx",
        footerLength);
    Footer footer = Footer.getRootAsFooter(buffer(file, footerStart, footerLength));
    FileStructure structure = structure(file, footer, footerLength);
    long blocksEnd = structure.batches.getLast().end();
    Malformed.unless(
        blocksEnd + END_MARKER_LENGTH == footerStart,
        "the blocks end at byte %d and the footer starts at byte %d, expected %d bytes between them",
        blocksEnd,
        footerStart,
        END_MARKER_LENGTH);
    checkCrc(file, footer, footerStart, structure);
    Malformed.unless(
        file.get(INT, blocksEnd) == CorpusLayout.CONTINUATION
            && file.get(INT, blocksEnd + Integer.BYTES) == 0,
        "there is no end marker at byte %d",
        blocksEnd);
    return structure;
  }

  private static void checkMagic(MemorySegment file) {
    byte[] magic = Arrays.copyOf(CorpusLayout.HEAD, CorpusLayout.TAIL_MAGIC_LENGTH);
    long size = file.byteSize();
    Malformed.unless(
        size >= magic.length && matches(file, 0, magic),
        "no corpus: an Arrow file begins with \"ARROW1\", this one does not");
    Malformed.unless(
        size >= SMALLEST && matches(file, size - magic.length, magic),
        "the end is missing: an Arrow file ends with \"ARROW1\", this one was cut off or altered");
  }

  private static boolean matches(MemorySegment file, long offset, byte[] expected) {
    return file.asSlice(offset, expected.length).mismatch(MemorySegment.ofArray(expected)) < 0;
  }

  private static FileStructure structure(MemorySegment file, Footer footer, long footerLength) {
    Malformed.unless(
        footer.version() == MetadataVersion.V5, "the footer is not of Arrow's version V5");
    Malformed.unless(footer.schema() != null, "the footer has no schema");
    Malformed.unless(
        footer.dictionariesLength() == 1,
        "the footer names %d dictionaries, expected 1",
        footer.dictionariesLength());
    int count = footer.recordBatchesLength();
    Malformed.unless(
        count > 0 && (long) count * BLOCK_LENGTH <= footerLength,
        "the footer should name %d record batches in %d bytes, expected at least 1",
        count,
        footerLength);
    ArrowMetadata metadata =
        ArrowMetadata.read(
            footer::customMetadata,
            footer.customMetadataLength(),
            (long) count * (CorpusLayout.ZERO_CRC.length() + 1),
            footerLength);
    int dictionaryCrc = metadata.crcs(CorpusLayout.DICTIONARY_CRC_KEY, 1)[0];
    int[] batchCrcs = metadata.crcs(CorpusLayout.BATCH_CRCS_KEY, count);

    FileBlock dictionary = block(file, footer.dictionaries(0), schemaEnd(file), dictionaryCrc);
    List<FileBlock> batches = new ArrayList<>(count);
    long end = dictionary.end();
    for (int i = 0; i < count; i++) {
      FileBlock batch = block(file, footer.recordBatches(i), end, batchCrcs[i]);
      batches.add(batch);
      end = batch.end();
    }
    return new FileStructure(footer.schema(), dictionary, batches, metadata);
  }

  private static long schemaEnd(MemorySegment file) {
    int length = file.get(INT, CorpusLayout.HEAD.length + Integer.BYTES);
    long end = (long) CorpusLayout.HEAD.length + CorpusLayout.PREFIX_LENGTH + length;
    Malformed.unless(
        length > 0 && end < file.byteSize(), "the schema should be %d bytes long", length);
    return end;
  }

  /**
   * Reads one block: it must start where the one before it ended, be aligned, and lie inside the
   * file.
   */
  private static FileBlock block(MemorySegment file, Block block, long start, int crc) {
    long room = file.byteSize() - start;
    long metadataLength = block.metaDataLength();
    long bodyLength = block.bodyLength();
    Malformed.unless(
        block.offset() == start,
        "a block starts at byte %d, expected %d: no gap, no overlap",
        block.offset(),
        start);
    Malformed.unless(
        metadataLength > CorpusLayout.PREFIX_LENGTH
            && metadataLength <= room
            && bodyLength >= 0
            && bodyLength <= room - metadataLength
            && bodyLength <= Integer.MAX_VALUE - metadataLength,
        "the block at byte %d should have %d and %d bytes, but the file has only %d",
        start,
        metadataLength,
        bodyLength,
        file.byteSize());
    Malformed.unless(
        (start | metadataLength | bodyLength) % CorpusLayout.ALIGNMENT == 0,
        "the block at byte %d is not aligned to %d bytes",
        start,
        CorpusLayout.ALIGNMENT);
    return new FileBlock(start, (int) metadataLength, bodyLength, crc);
  }

  /** Checks the CRC-32C of all bytes that lie in no block, taken with its own digits as zeros. */
  private static void checkCrc(
      MemorySegment file, Footer footer, long footerStart, FileStructure structure) {
    int expected = structure.metadata.crcs(CorpusLayout.STRUCTURE_CRC_KEY, 1)[0];
    // The writer puts it last; if it is not, the digits zeroed here are the wrong ones, and the sum
    // differs.
    ByteBuffer digits = footer.customMetadata(structure.metadata.size() - 1).valueAsByteBuffer();
    long digitsStart = footerStart + digits.position();
    long digitsEnd = footerStart + digits.limit();
    long blocksEnd = structure.batches.getLast().end();
    CRC32C crc = new CRC32C();
    crc.update(buffer(file, 0, structure.dictionary.offset()));
    crc.update(buffer(file, blocksEnd, digitsStart - blocksEnd));
    crc.update(CorpusLayout.ZERO_CRC.getBytes(StandardCharsets.US_ASCII));
    crc.update(buffer(file, digitsEnd, file.byteSize() - digitsEnd));
    Malformed.unless(
        (int) crc.getValue() == expected,
        "the structure is damaged: the CRC-32C of head and footer is %s, expected %s",
        CorpusLayout.hex((int) crc.getValue()),
        CorpusLayout.hex(expected));
  }

  /** Returns a little-endian view of a part of the file, below 2 GB. */
  static ByteBuffer buffer(MemorySegment file, long offset, long length) {
    return file.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
