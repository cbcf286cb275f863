package org.levin.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Safetensors files made byte by byte, without a line of the code under test. */
public final class RawFile {
  /** Where the digits of {@code levin.sha256} lie. */
  public static final int SEAL = 8 + "{\"__metadata__\":{\"levin.sha256\":\"".length();

  private RawFile() {}

  /** Returns length, header and data. */
  public static byte[] of(String header, byte... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return withLength(json.length, json, data);
  }

  public static byte[] withLength(long length, byte[] header, byte... data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  /** Returns a copy with the digest of the whole, its digits taken as zeros, in its place. */
  public static byte[] sealed(byte[] file) {
    byte[] sealed = file.clone();
    for (int i = 0; i < 64; i++) {
      sealed[SEAL + i] = '0';
    }
    byte[] digits = sha256(sealed).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, sealed, SEAL, digits.length);
    return sealed;
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putInt(Float.floatToRawIntBits(value));
    }
    return bytes.array();
  }

  /** Overwrites in place: tens of thousands of new files would take long. */
  public static Path write(Path folder, byte[] bytes) {
    Path file = folder.resolve("file.safetensors");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
