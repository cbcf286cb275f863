package org.levin.tuning.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of a column as Arrow lays them out, little-endian.
 *
 * @param rows how many there are
 * @param missing how many of them are not there
 * @param buffers a bit for each that is there, empty if all are; for texts the offsets; the values
 */
record ArrowColumn(int rows, int missing, List<byte[]> buffers) {

  static ArrowColumn of(StudyColumn column) {
    List<Optional<Object>> values = column.values();
    int missing = (int) values.stream().filter(Optional::isEmpty).count();
    Stream<byte[]> data =
        switch (column.type()) {
          case INT32 -> Stream.of(numbers(values, Integer.BYTES));
          case INT64, FLOAT64 -> Stream.of(numbers(values, Long.BYTES));
          case UTF8 -> texts(values);
        };
    byte[] present = missing == 0 ? new byte[0] : present(values);
    return new ArrowColumn(
        values.size(), missing, Stream.concat(Stream.of(present), data).toList());
  }

  private static byte[] present(List<Optional<Object>> values) {
    byte[] bits = new byte[Math.ceilDiv(values.size(), Byte.SIZE)];
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isPresent()) {
        bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
      }
    }
    return bits;
  }

  /** Numbers of {@code size} bytes each; what is not there is 0. */
  private static byte[] numbers(List<Optional<Object>> values, int size) {
    ByteBuffer bytes = buffer(Math.multiplyExact(values.size(), size));
    for (Optional<Object> value : values) {
      if (value.isEmpty()) {
        bytes.position(bytes.position() + size);
      } else if (value.get() instanceof Double number) {
        bytes.putDouble(number);
      } else if (value.get() instanceof Long number) {
        bytes.putLong(number);
      } else {
        bytes.putInt((Integer) value.get());
      }
    }
    return bytes.array();
  }

  /** Where each text starts and the last ends, and then the bytes of all. */
  private static Stream<byte[]> texts(List<Optional<Object>> values) {
    List<byte[]> texts =
        values.stream()
            .map(value -> value.map(Object::toString).orElse("").getBytes(StandardCharsets.UTF_8))
            .toList();
    ByteBuffer offsets = buffer(Math.multiplyExact(texts.size() + 1, Integer.BYTES));
    int end = 0;
    offsets.putInt(end);
    for (byte[] text : texts) {
      end = Math.addExact(end, text.length);
      offsets.putInt(end);
    }
    ByteBuffer bytes = buffer(end);
    texts.forEach(bytes::put);
    return Stream.of(offsets.array(), bytes.array());
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
