package org.levin.corpus;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * The flatbuffers of a corpus file, as Arrow's {@code Message.fbs}, {@code Schema.fbs} and {@code
 * File.fbs} define them.
 */
final class ArrowMessages {
  private ArrowMessages() {}

  static byte[] schema(CorpusLayout layout) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    return message(builder, MessageHeader.Schema, schema(builder, layout), 0);
  }

  /**
   * Returns the message of the dictionary batch; {@code buffers} are the lengths of its buffers,
   * each padded in the body.
   */
  static byte[] dictionary(int rows, long... buffers) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int batch = recordBatch(builder, rows, buffers);
    int dictionary = DictionaryBatch.createDictionaryBatch(builder, 0, batch, false);
    return message(builder, MessageHeader.DictionaryBatch, dictionary, bodyLength(buffers));
  }

  /**
   * Returns the message of a record batch; {@code buffers} are the lengths of its buffers, each
   * padded in the body.
   */
  static byte[] recordBatch(int rows, long... buffers) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    return message(
        builder,
        MessageHeader.RecordBatch,
        recordBatch(builder, rows, buffers),
        bodyLength(buffers));
  }

  static long bodyLength(long... buffers) {
    long length = 0;
    for (long buffer : buffers) {
      length += CorpusLayout.padded(buffer);
    }
    return length;
  }

  /** Returns the footer; its metadata keep the order of {@code metadata}. */
  static byte[] footer(
      CorpusLayout layout,
      FileBlock dictionary,
      List<FileBlock> batches,
      Map<String, String> metadata) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int keyValues = Footer.createCustomMetadataVector(builder, keyValues(builder, metadata));
    int schema = schema(builder, layout);
    Footer.startDictionariesVector(builder, 1);
    block(builder, dictionary);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, batches.size());
    // A vector is built from its end.
    batches.reversed().forEach(batch -> block(builder, batch));
    int recordBatches = builder.endVector();
    builder.finish(
        Footer.createFooter(
            builder, MetadataVersion.V5, schema, dictionaries, recordBatches, keyValues));
    return builder.sizedByteArray();
  }

  private static void block(FlatBufferBuilder builder, FileBlock block) {
    Block.createBlock(builder, block.offset(), block.metadataLength(), block.bodyLength());
  }

  private static byte[] message(FlatBufferBuilder builder, byte type, int header, long bodyLength) {
    builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, bodyLength, 0));
    return builder.sizedByteArray();
  }

  private static int schema(FlatBufferBuilder builder, CorpusLayout layout) {
    int name = builder.createString(CorpusLayout.COLUMN);
    int indexType = Int.createInt(builder, layout.indexWidth() * Byte.SIZE, true);
    int encoding =
        DictionaryEncoding.createDictionaryEncoding(
            builder, 0, indexType, false, DictionaryKind.DenseArray);
    int type = type(builder, layout);
    int children = Field.createChildrenVector(builder, new int[0]);
    byte typeOfType = layout.isText() ? Type.Utf8 : Type.Binary;
    int field = Field.createField(builder, name, false, typeOfType, type, encoding, children, 0);
    int fields = Schema.createFieldsVector(builder, new int[] {field});
    int keyValues =
        Schema.createCustomMetadataVector(builder, keyValues(builder, layout.metadata()));
    return Schema.createSchema(builder, Endianness.Little, fields, keyValues, 0);
  }

  private static int type(FlatBufferBuilder builder, CorpusLayout layout) {
    if (layout.isText()) {
      Utf8.startUtf8(builder);
      return Utf8.endUtf8(builder);
    }
    Binary.startBinary(builder);
    return Binary.endBinary(builder);
  }

  private static int[] keyValues(FlatBufferBuilder builder, Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToInt(
            entry ->
                KeyValue.createKeyValue(
                    builder,
                    builder.createString(entry.getKey()),
                    builder.createString(entry.getValue())))
        .toArray();
  }

  private static int recordBatch(FlatBufferBuilder builder, int rows, long... buffers) {
    RecordBatch.startNodesVector(builder, 1);
    FieldNode.createFieldNode(builder, rows, 0);
    int nodes = builder.endVector();
    RecordBatch.startBuffersVector(builder, buffers.length);
    long offset = bodyLength(buffers);
    for (int i = buffers.length - 1; i >= 0; i--) {
      offset -= CorpusLayout.padded(buffers[i]);
      Buffer.createBuffer(builder, offset, buffers[i]);
    }
    int vector = builder.endVector();
    return RecordBatch.createRecordBatch(builder, rows, nodes, vector, 0, 0);
  }
}
