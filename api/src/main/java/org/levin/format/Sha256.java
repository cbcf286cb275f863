package org.levin.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 digest in the making; belongs to one thread. */
public final class Sha256 {
  private static final int FILE_BUFFER = 1 << 16;

  private final MessageDigest digest;

  /** Starts a digest of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** Takes all of {@code bytes} along and returns this. */
  public Sha256 update(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Takes what remains of {@code bytes} along, moves its position to its limit, returns this. */
  public Sha256 update(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** Returns the digest as 64 lower-case hexadecimal digits, and starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Returns the digest of a file's bytes.
   *
   * @throws IOException if it cannot be read
   */
  public static String ofFile(Path file) throws IOException {
    Sha256 digest = new Sha256();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(FILE_BUFFER);
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return digest.hex();
  }

  /**
   * Returns the digest of the values of all tensors as little-endian 32-bit numbers, in the order
   * of their names ({@link String#compareTo}); names and shapes do not enter. Nothing is copied
   * whole.
   */
  public static String ofTensors(Collection<Tensor> tensors) {
    Sha256 digest = new Sha256();
    ByteBuffer buffer = LittleEndian.buffer();
    List<Tensor> sorted = tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
    for (Tensor tensor : sorted) {
      for (int from = 0; from < tensor.values().length; ) {
        from += LittleEndian.put(tensor.values(), from, buffer);
        digest.update(buffer);
      }
    }
    return digest.hex();
  }
}
