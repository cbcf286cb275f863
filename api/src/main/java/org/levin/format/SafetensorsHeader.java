package org.levin.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.levin.internal.Arguments;

/**
 * The JSON at the beginning of a safetensors file.
 *
 * @param metadata in the order of the file
 * @param tensors in the order of their values
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorEntry> tensors) {
  /** The name of the entry that is not a tensor. */
  static final String METADATA = "__metadata__";

  /** The longest header that safetensors libraries read. */
  static final int MAXIMUM_BYTES = 100_000_000;

  /** The most tensors and metadata: far above any model; a small heap holds fewer. */
  static final int MAXIMUM_NAMES = 1_000_000;

  private static final int ALIGNMENT = 8;

  SafetensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /** Returns the header under which {@code content} is written: values side by side, in order. */
  static SafetensorsHeader of(Safetensors content) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (Seal.isDemandedBy(content.metadata().keySet())) {
      metadata.put(Seal.KEY, Seal.ZEROS);
    }
    metadata.putAll(content.metadata());
    TensorEntry[] entries = new TensorEntry[content.tensors().size()];
    long begin = 0;
    for (int i = 0; i < entries.length; i++) {
      Tensor tensor = content.tensors().get(i);
      long end = begin + (long) tensor.values().length * Float.BYTES;
      List<Long> shape = tensor.shape().stream().map(Integer::longValue).toList();
      entries[i] = new TensorEntry(tensor.name(), ElementType.F32, shape, begin, end);
      begin = end;
    }
    return new SafetensorsHeader(metadata, Arrays.asList(entries));
  }

  /**
   * Returns the bytes of this header, padded with spaces so that the values are aligned. Equal
   * headers give equal bytes.
   *
   * @throws IllegalArgumentException if a text holds half a surrogate pair, or the header is longer
   *     than {@value #MAXIMUM_BYTES} bytes
   */
  byte[] toBytes() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      appendText(METADATA, json).append(":{");
      String separator = "";
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        appendText(entry.getKey(), json.append(separator)).append(':');
        appendText(entry.getValue(), json);
        separator = ",";
      }
      json.append('}');
    }
    String separator = metadata.isEmpty() ? "" : ",";
    for (TensorEntry tensor : tensors) {
      appendTensor(tensor, json.append(separator));
      separator = ",";
    }
    return padded(utf8(json.append('}')));
  }

  private static void appendTensor(TensorEntry tensor, StringBuilder json) {
    String shape =
        tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    appendText(tensor.name(), json).append(":{\"dtype\":\"").append(tensor.type());
    json.append("\",\"shape\":").append(shape).append(",\"data_offsets\":[");
    json.append(tensor.begin()).append(',').append(tensor.end()).append("]}");
  }

  /** Appends a JSON string; only what must be is escaped. */
  private static StringBuilder appendText(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }

  private static ByteBuffer utf8(StringBuilder json) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a name or the metadata holds half a surrogate pair, which no file can", e);
    }
  }

  private static byte[] padded(ByteBuffer json) {
    Arguments.require(
        json.remaining() <= MAXIMUM_BYTES,
        "names and metadata take %d bytes; a safetensors header holds %d",
        json.remaining(),
        MAXIMUM_BYTES);
    byte[] header = new byte[Math.ceilDiv(json.remaining(), ALIGNMENT) * ALIGNMENT];
    Arrays.fill(header, (byte) ' ');
    json.get(header, 0, json.remaining());
    return header;
  }
}
