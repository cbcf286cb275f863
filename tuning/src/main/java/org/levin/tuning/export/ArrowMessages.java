package org.levin.tuning.export;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The flatbuffers of a table, as Arrow's {@code Message.fbs}, {@code Schema.fbs} define them. */
final class ArrowMessages {
  private ArrowMessages() {}

  static byte[] schema(StudyTable table) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    return message(builder, MessageHeader.Schema, schema(builder, table), 0);
  }

  /** Returns the message of a record batch; the body has all buffers, each padded. */
  static byte[] batch(int rows, List<ArrowColumn> columns) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    // A vector is built from its end.
    RecordBatch.startNodesVector(builder, columns.size());
    for (ArrowColumn column : columns.reversed()) {
      FieldNode.createFieldNode(builder, column.rows(), column.missing());
    }
    int nodes = builder.endVector();
    List<byte[]> buffers = columns.stream().flatMap(each -> each.buffers().stream()).toList();
    long length = buffers.stream().mapToLong(each -> ArrowFile.padded(each.length)).sum();
    long offset = length;
    RecordBatch.startBuffersVector(builder, buffers.size());
    for (byte[] buffer : buffers.reversed()) {
      offset -= ArrowFile.padded(buffer.length);
      Buffer.createBuffer(builder, offset, buffer.length);
    }
    int vector = builder.endVector();
    int batch = RecordBatch.createRecordBatch(builder, rows, nodes, vector, 0, 0);
    return message(builder, MessageHeader.RecordBatch, batch, length);
  }

  /** Returns the footer of a file with one batch. */
  static byte[] footer(StudyTable table, long offset, int metadataLength, long bodyLength) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder, table);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, 1);
    Block.createBlock(builder, offset, metadataLength, bodyLength);
    int batches = builder.endVector();
    builder.finish(
        Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, batches, 0));
    return builder.sizedByteArray();
  }

  private static byte[] message(FlatBufferBuilder builder, byte type, int header, long bodyLength) {
    builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, bodyLength, 0));
    return builder.sizedByteArray();
  }

  private static int schema(FlatBufferBuilder builder, StudyTable table) {
    int[] fields = table.columns().stream().mapToInt(column -> field(builder, column)).toArray();
    return Schema.createSchema(
        builder, Endianness.Little, Schema.createFieldsVector(builder, fields), 0, 0);
  }

  private static int field(FlatBufferBuilder builder, StudyColumn column) {
    int name = builder.createString(column.name());
    int type =
        switch (column.type()) {
          case INT32 -> Int.createInt(builder, Integer.SIZE, true);
          case INT64 -> Int.createInt(builder, Long.SIZE, true);
          case FLOAT64 -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
          case UTF8 -> utf8(builder);
        };
    byte kind =
        switch (column.type()) {
          case INT32, INT64 -> Type.Int;
          case FLOAT64 -> Type.FloatingPoint;
          case UTF8 -> Type.Utf8;
        };
    int children = Field.createChildrenVector(builder, new int[0]);
    return Field.createField(builder, name, column.nullable(), kind, type, 0, children, 0);
  }

  private static int utf8(FlatBufferBuilder builder) {
    Utf8.startUtf8(builder);
    return Utf8.endUtf8(builder);
  }
}
