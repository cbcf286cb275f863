package org.levin.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes safetensors files: the length of the header, the header, the values. */
final class SafetensorsWriter {
  private final FileChannel channel;
  private final Sha256 digest = new Sha256();

  private SafetensorsWriter(FileChannel channel) {
    this.channel = channel;
  }

  static void write(Safetensors content, Path file) throws IOException {
    byte[] header = SafetensorsHeader.of(content).toBytes();
    AtomicFile.write(file, channel -> new SafetensorsWriter(channel).write(content, header));
  }

  private void write(Safetensors content, byte[] header) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    append(length.putLong(header.length).flip());
    append(ByteBuffer.wrap(header));
    ByteBuffer buffer = LittleEndian.buffer();
    for (Tensor tensor : content.tensors()) {
      for (int from = 0; from < tensor.values().length; ) {
        from += LittleEndian.put(tensor.values(), from, buffer);
        append(buffer);
      }
    }
    if (Seal.isDemandedBy(content.metadata().keySet())) {
      byte[] digits = digest.hex().getBytes(StandardCharsets.US_ASCII);
      channel.position(Long.BYTES + Seal.OFFSET);
      writeFully(ByteBuffer.wrap(digits));
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    digest.update(bytes.duplicate());
    writeFully(bytes);
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
