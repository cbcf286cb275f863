package org.levin.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads safetensors files in one pass, the digest taken along. */
final class SafetensorsReader {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Path file;
  private final FileChannel channel;
  private final Sha256 digest = new Sha256();
  private final ByteBuffer buffer = LittleEndian.buffer();

  private SafetensorsReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Safetensors read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      String kind = Files.isDirectory(file) ? "is a folder; name a file" : "is not a regular file";
      throw new FileSystemException(file.toString(), null, kind);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new SafetensorsReader(file, channel).read();
    }
  }

  private Safetensors read() throws IOException {
    long size = channel.size();
    byte[] headerBytes = readHeader(size);
    long dataSize = size - Long.BYTES - headerBytes.length;
    SafetensorsHeader header = HeaderParser.parse(file, headerBytes, dataSize);
    boolean sealed = Seal.isDemandedBy(header.metadata().keySet());
    Optional<String> stated = sealed ? Seal.take(headerBytes) : Optional.empty();
    if (sealed && stated.isEmpty()) {
      throw new DamagedFileException(
          file,
          "metadata named "
              + Seal.NAMESPACE
              + "* must begin with "
              + Seal.KEY
              + ", the digest of the file, as the first entry of the header");
    }
    digest.update(headerBytes);
    Memory.require(file, "its tensors", dataSize);
    List<Tensor> tensors = new ArrayList<>();
    for (TensorEntry entry : header.tensors()) {
      tensors.add(readTensor(entry));
    }
    if (stated.isPresent()) {
      requireDigest(stated.get());
    }
    Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
    metadata.remove(Seal.KEY);
    return new Safetensors(metadata, tensors);
  }

  private byte[] readHeader(long size) throws IOException {
    if (size < Long.BYTES) {
      throw new DamagedFileException(
          file,
          "has %d bytes; a safetensors file begins with %d that give the length of its header"
              .formatted(size, Long.BYTES));
    }
    long length = readFully(Long.BYTES).getLong();
    digest.update(buffer.rewind());
    long longest = Math.min(size - Long.BYTES, SafetensorsHeader.MAXIMUM_BYTES);
    if (length < 2 || length > longest) {
      throw new DamagedFileException(
          file,
          "was cut off, or is no safetensors file: its first %d bytes say that the header has %s bytes; possible are 2 to %d"
              .formatted(Long.BYTES, Long.toUnsignedString(length), longest));
    }
    Memory.requireForText(file, "its header", length);
    byte[] header = new byte[(int) length];
    fill(ByteBuffer.wrap(header));
    return header;
  }

  /** Where element types other than F32 would be converted. */
  private Tensor readTensor(TensorEntry entry) throws IOException {
    if (entry.type() != ElementType.F32) {
      throw new DamagedFileException(
          file, "%s is %s; F32 is expected".formatted(place(entry), entry.type()));
    }
    long count = (entry.end() - entry.begin()) / Float.BYTES;
    if (count > LONGEST_ARRAY) {
      throw new DamagedFileException(
          file,
          "%s has %d elements; at most %d are possible"
              .formatted(place(entry), count, LONGEST_ARRAY));
    }
    List<Integer> shape = new ArrayList<>(entry.shape().size());
    for (long dimension : entry.shape()) {
      if (dimension > Integer.MAX_VALUE) {
        throw new DamagedFileException(
            file,
            "%s has a dimension of %d; at most %d are possible"
                .formatted(place(entry), dimension, Integer.MAX_VALUE));
      }
      shape.add((int) dimension);
    }
    return new Tensor(entry.name(), shape, readValues((int) count));
  }

  private static String place(TensorEntry entry) {
    return "tensor " + HeaderParser.quoted(entry.name());
  }

  private float[] readValues(int count) throws IOException {
    float[] values =
        Memory.allocate(file, "a tensor", (long) count * Float.BYTES, () -> new float[count]);
    for (int from = 0; from < count; ) {
      int part = Math.min(count - from, buffer.capacity() / Float.BYTES);
      readFully(part * Float.BYTES).asFloatBuffer().get(values, from, part);
      digest.update(buffer);
      from += part;
    }
    return values;
  }

  private void requireDigest(String stated) throws DamagedFileException {
    String actual = digest.hex();
    if (!actual.equals(stated)) {
      throw new DamagedFileException(
          file,
          "was altered or damaged after it was written: %s says %s, but its bytes give %s"
              .formatted(Seal.KEY, HeaderParser.quoted(stated), actual));
    }
  }

  /** Returns the next bytes of the file, at most a buffer full, ready to be read. */
  private ByteBuffer readFully(int bytes) throws IOException {
    fill(buffer.clear().limit(bytes));
    return buffer.flip();
  }

  private void fill(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new DamagedFileException(
            file,
            "ended at byte %d, with %d expected: it was cut short while being read"
                .formatted(channel.position(), target.remaining()));
      }
    }
  }
}
