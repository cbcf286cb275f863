package org.levin.corpus;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Encapsulated messages of a corpus file, and the buffers in their bodies. */
final class FileMessage {
  private FileMessage() {}

  /** Reads the message of {@code block}, which must be of the given kind. */
  static Message read(MemorySegment file, FileBlock block, byte headerType) {
    Malformed.unless(
        file.get(FileStructure.INT, block.offset()) == CorpusLayout.CONTINUATION
            && file.get(FileStructure.INT, block.offset() + Integer.BYTES)
                == block.metadataLength() - CorpusLayout.PREFIX_LENGTH,
        "the message at byte %d has another length than the footer says",
        block.offset());
    Message message =
        Message.getRootAsMessage(
            FileStructure.buffer(
                file,
                block.offset() + CorpusLayout.PREFIX_LENGTH,
                block.metadataLength() - CorpusLayout.PREFIX_LENGTH));
    Malformed.unless(
        message.version() == MetadataVersion.V5
            && message.headerType() == headerType
            && message.bodyLength() == block.bodyLength(),
        "the message at byte %d is of another kind, version or length than the footer says",
        block.offset());
    return message;
  }

  /**
   * Returns the {@code count} data buffers of a batch with one column, little-endian: its rows must
   * be without nulls and uncompressed, and its buffers must lie one after the other, padded, and
   * fill the body.
   */
  static List<ByteBuffer> buffers(
      MemorySegment file, FileBlock block, RecordBatch batch, int count) {
    Malformed.unless(
        batch.nodesLength() == 1
            && batch.buffersLength() == count + 1
            && batch.compression() == null,
        "the batch at byte %d should have one uncompressed column of %d buffers",
        block.offset(),
        count + 1);
    FieldNode node = batch.nodes(0);
    Malformed.unless(
        node.length() == batch.length() && node.nullCount() == 0 && batch.buffers(0).length() == 0,
        "the batch at byte %d should have %d rows without nulls",
        block.offset(),
        batch.length());
    List<ByteBuffer> buffers = new ArrayList<>(count);
    long position = 0;
    for (int i = 1; i <= count; i++) {
      Buffer buffer = batch.buffers(i);
      Malformed.unless(
          buffer.offset() == position
              && buffer.length() >= 0
              && buffer.length() <= block.bodyLength() - position,
          "buffer %d of the batch at byte %d should have %d bytes at %d, but the body has %d",
          i,
          block.offset(),
          buffer.length(),
          buffer.offset(),
          block.bodyLength());
      buffers.add(FileStructure.buffer(file, block.bodyOffset() + position, buffer.length()));
      position = CorpusLayout.padded(position + buffer.length());
    }
    Malformed.unless(
        position == block.bodyLength(),
        "the body of the batch at byte %d should have %d bytes, but has %d",
        block.offset(),
        position,
        block.bodyLength());
    return buffers;
  }
}
