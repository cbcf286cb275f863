package org.levin.hostile;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
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
import org.levin.text.Vocabulary;

/**
 * A corpus file in parts, each of which can be made to say anything; whatever it says, under right
 * checksums. Written from the description of the format, without a line of the code under test.
 */
final class CorpusDraft {
  private static final int ALIGNMENT = 64;
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final String STRUCTURE_CRC = "levin.crc32c.structure";

  /** A key and its text. */
  record Entry(String key, String value) {}

  /** Where a block lies. */
  private record Placed(long offset, int metadataLength, long bodyLength, int crc) {}

  final List<Entry> schemaMetadata = new ArrayList<>();
  final List<Entry> footerMetadata = new ArrayList<>();
  final List<byte[]> bodies = new ArrayList<>();
  String column = "token";
  byte[] offsets;
  byte[] symbols;

  private final Map<String, LongUnaryOperator> lies = new LinkedHashMap<>();
  private final List<String> numbers = new ArrayList<>();
  private final int symbolCount;
  private final int width;
  private final boolean text;
  private ByteArrayOutputStream file;

  private CorpusDraft(Vocabulary vocabulary) {
    symbolCount = vocabulary.size();
    width = symbolCount <= 128 ? 1 : 2;
    text = vocabulary.type().equals(Vocabulary.CODE_POINTS);
    schemaMetadata.add(new Entry("levin.format", "1"));
    schemaMetadata.add(new Entry("levin.vocabulary.type", vocabulary.type()));
    schemaMetadata.add(new Entry("levin.vocabulary.fingerprint", vocabulary.fingerprint()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer ends = littleEndian((symbolCount + 1) * Integer.BYTES).putInt(0);
    for (int id = 0; id < symbolCount; id++) {
      bytes.writeBytes(vocabulary.symbol(id));
      ends.putInt(bytes.size());
    }
    offsets = ends.array();
    symbols = bytes.toByteArray();
  }

  /** Returns a sound corpus of one text. */
  static CorpusDraft of(String text, Vocabulary vocabulary) {
    CorpusDraft draft = new CorpusDraft(vocabulary);
    int[] ids = vocabulary.encode(text);
    ByteBuffer body = littleEndian(ids.length * draft.width);
    for (int id : ids) {
      if (draft.width == 1) {
        body.put((byte) id);
      } else {
        body.putShort((short) id);
      }
    }
    draft.bodies.add(body.array());
    draft.footerMetadata.add(new Entry("levin.source.0.name", "text"));
    draft.footerMetadata.add(new Entry("levin.source.0.size", "1234"));
    draft.footerMetadata.add(new Entry("levin.source.0.sha256", "0123456789abcdef".repeat(4)));
    draft.footerMetadata.add(new Entry("levin.tokens", Integer.toString(ids.length)));
    return draft;
  }

  /** Makes the number of this name a lie wherever it stands. */
  void lie(String name, LongUnaryOperator lie) {
    lies.put(name, lie);
  }

  /** Returns the names of the numbers in the file. */
  List<String> numbers() {
    toBytes();
    return List.copyOf(numbers);
  }

  private long say(String name, long truth) {
    numbers.add(name);
    return lies.getOrDefault(name, LongUnaryOperator.identity()).applyAsLong(truth);
  }

  byte[] toBytes() {
    file = new ByteArrayOutputStream();
    numbers.clear();
    file.writeBytes(MAGIC);
    file.writeBytes(new byte[2]);
    FlatBufferBuilder schema = new FlatBufferBuilder();
    encapsulate("schema", message(schema, "schema", MessageHeader.Schema, schema(schema), 0));
    Placed dictionary = writeDictionary();
    List<Placed> batches = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      batches.add(writeBatch("batch " + i, bodies.get(i)));
    }
    file.writeBytes(littleEndian(8).putInt((int) say("end marker", -1)).putInt(0).array());
    byte[] footer = footer(dictionary, batches);
    file.writeBytes(footer);
    int footerLength = (int) say("footer length", footer.length);
    file.writeBytes(littleEndian(4).putInt(footerLength).array());
    file.writeBytes(MAGIC);
    return CorpusChecksums.repaired(file.toByteArray());
  }

  private Placed writeDictionary() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int batch = recordBatch(builder, "dictionary", symbolCount, offsets.length, symbols.length);
    int header =
        DictionaryBatch.createDictionaryBatch(
            builder, say("dictionary id", 0), batch, say("dictionary is a delta", 0) != 0);
    long length = padded(offsets.length) + padded(symbols.length);
    return block(
        "dictionary",
        message(builder, "dictionary", MessageHeader.DictionaryBatch, header, length),
        offsets,
        symbols);
  }

  private Placed writeBatch(String name, byte[] body) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int batch = recordBatch(builder, name, body.length / width, body.length);
    return block(
        name, message(builder, name, MessageHeader.RecordBatch, batch, padded(body.length)), body);
  }

  private Placed block(String name, byte[] message, byte[]... buffers) {
    int start = file.size();
    encapsulate(name, message);
    int metadataLength = file.size() - start;
    for (byte[] buffer : buffers) {
      file.writeBytes(buffer);
      file.writeBytes(new byte[(int) padded(buffer.length) - buffer.length]);
    }
    CRC32C crc = new CRC32C();
    crc.update(file.toByteArray(), start, file.size() - start);
    return new Placed(
        say(name + ": offset", start),
        (int) say(name + ": metadata length", metadataLength),
        say(name + ": body length in the footer", file.size() - start - metadataLength),
        (int) crc.getValue());
  }

  private void encapsulate(String name, byte[] message) {
    int length = (int) padded(file.size() + 8 + message.length) - file.size() - 8;
    file.writeBytes(
        littleEndian(8 + length)
            .putInt((int) say(name + ": continuation", -1))
            .putInt((int) say(name + ": message length", length))
            .put(message)
            .array());
  }

  private byte[] message(
      FlatBufferBuilder builder, String name, byte type, int header, long bodyLength) {
    builder.finish(
        Message.createMessage(
            builder,
            (short) say(name + ": version", MetadataVersion.V5),
            (byte) say(name + ": message type", type),
            header,
            say(name + ": body length", bodyLength),
            0));
    return builder.sizedByteArray();
  }

  private int recordBatch(FlatBufferBuilder builder, String name, long rows, long... lengths) {
    RecordBatch.startNodesVector(builder, 1);
    FieldNode.createFieldNode(
        builder, say(name + ": rows of the column", rows), say(name + ": nulls", 0));
    int nodes = builder.endVector();
    RecordBatch.startBuffersVector(builder, lengths.length + 1);
    long end = 0;
    for (long length : lengths) {
      end += padded(length);
    }
    // A vector is built from its end; buffer 0 would say which rows are null.
    for (int i = lengths.length; i >= 1; i--) {
      end -= padded(lengths[i - 1]);
      Buffer.createBuffer(
          builder,
          say(name + ": offset of buffer " + i, end),
          say(name + ": length of buffer " + i, lengths[i - 1]));
    }
    Buffer.createBuffer(builder, 0, say(name + ": length of buffer 0", 0));
    int buffers = builder.endVector();
    return RecordBatch.createRecordBatch(builder, say(name + ": rows", rows), nodes, buffers, 0, 0);
  }

  private int schema(FlatBufferBuilder builder) {
    int name = builder.createString(column);
    int indexType =
        Int.createInt(builder, (int) say("index bits", width * 8L), say("index signed", 1) != 0);
    int encoding =
        DictionaryEncoding.createDictionaryEncoding(
            builder, say("dictionary of the column", 0), indexType, false, (short) 0);
    int type;
    if (text) {
      Utf8.startUtf8(builder);
      type = Utf8.endUtf8(builder);
    } else {
      Binary.startBinary(builder);
      type = Binary.endBinary(builder);
    }
    int children = Field.createChildrenVector(builder, new int[0]);
    int field =
        Field.createField(
            builder,
            name,
            say("column nullable", 0) != 0,
            (byte) say("column type", text ? Type.Utf8 : Type.Binary),
            type,
            encoding,
            children,
            0);
    int[] fields = new int[Math.clamp(say("columns", 1), 0, 3)];
    Arrays.fill(fields, field);
    int columns = Schema.createFieldsVector(builder, fields);
    int metadata = Schema.createCustomMetadataVector(builder, keyValues(builder, schemaMetadata));
    return Schema.createSchema(builder, (short) say("endianness", 0), columns, metadata, 0);
  }

  private byte[] footer(Placed dictionary, List<Placed> batches) {
    List<Entry> metadata = new ArrayList<>(footerMetadata);
    metadata.add(new Entry("levin.crc32c.dictionary", hex(dictionary.crc)));
    metadata.add(
        new Entry(
            "levin.crc32c.batches",
            batches.stream().map(batch -> hex(batch.crc)).collect(Collectors.joining(","))));
    metadata.add(new Entry(STRUCTURE_CRC, hex(0)));
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int keyValues = Footer.createCustomMetadataVector(builder, keyValues(builder, metadata));
    int schema = schema(builder);
    Footer.startDictionariesVector(builder, 1);
    place(builder, dictionary);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, batches.size());
    batches.reversed().forEach(batch -> place(builder, batch));
    int recordBatches = builder.endVector();
    builder.finish(
        Footer.createFooter(
            builder,
            (short) say("footer version", MetadataVersion.V5),
            schema,
            dictionaries,
            recordBatches,
            keyValues));
    return builder.sizedByteArray();
  }

  private static void place(FlatBufferBuilder builder, Placed block) {
    Block.createBlock(builder, block.offset, block.metadataLength, block.bodyLength);
  }

  private static int[] keyValues(FlatBufferBuilder builder, List<Entry> entries) {
    return entries.stream()
        .mapToInt(
            entry ->
                KeyValue.createKeyValue(
                    builder, builder.createString(entry.key), builder.createString(entry.value)))
        .toArray();
  }

  private static String hex(int crc) {
    return HexFormat.of().toHexDigits(crc);
  }

  private static long padded(long length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
