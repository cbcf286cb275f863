package org.levin.tuning.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table as an Arrow IPC file: magic, schema message, one record batch, end marker, footer, length
 * of the footer, magic.
 */
final class ArrowFile {
  /** Messages, bodies and buffers start at multiples of this, as Arrow recommends. */
  static final int ALIGNMENT = 64;

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = 8;

  /** What a message begins with: these four bytes, and the length of its metadata. */
  private static final int CONTINUATION = -1;

  private static final int PREFIX = 2 * Integer.BYTES;

  private final OutputStream out;
  private long position;

  private ArrowFile(OutputStream out) {
    this.out = out;
  }

  static void write(StudyTable table, WritableByteChannel channel) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
    new ArrowFile(out).write(table);
    out.flush();
  }

  static long padded(long length) {
    return Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
  }

  private void write(StudyTable table) throws IOException {
    List<ArrowColumn> columns = table.columns().stream().map(ArrowColumn::of).toList();
    write(MAGIC);
    pad(HEAD);
    // The schema ends where the batch starts, at a multiple of the alignment.
    message(ArrowMessages.schema(table));
    long start = position;
    int metadata = message(ArrowMessages.batch(table.rows(), columns));
    long body = position;
    for (ArrowColumn column : columns) {
      for (byte[] buffer : column.buffers()) {
        write(buffer);
        pad(ALIGNMENT);
      }
    }
    byte[] footer = ArrowMessages.footer(table, start, metadata, position - body);
    integers(CONTINUATION, 0);
    write(footer);
    integers(footer.length);
    write(MAGIC);
  }

  /** Writes a message so that what follows is aligned; returns its length with all around it. */
  private int message(byte[] metadata) throws IOException {
    int length = (int) (padded(position + PREFIX + metadata.length) - position);
    integers(CONTINUATION, length - PREFIX);
    write(metadata);
    pad(ALIGNMENT);
    return length;
  }

  private void integers(int... values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    write(bytes.array());
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private void pad(int alignment) throws IOException {
    write(new byte[(int) (Math.ceilDiv(position, alignment) * alignment - position)]);
  }
}
