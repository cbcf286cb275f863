package org.levin.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model file of one layer of one unit over two symbols, made byte by byte under a valid digest.
 * What its metadata and tensors say can be replaced.
 */
final class RawModel {
  static final String ARCHITECTURE =
      "{\"type\":\"lstm\",\"layers\":1,\"hiddenSize\":1,\"vocabularySize\":2}";

  /**
   * SHA-256 of "code-points", a zero byte, and twice a length of 1 in four bytes and the symbol.
   */
  static final String FINGERPRINT =
      "f689db9968c61782eb9f2bd6d1afc706df6fee11227966ba12e59c9eaa55648d";

  static final String VOCABULARY =
      "{\"type\":\"code-points\",\"fingerprint\":\""
          + FINGERPRINT
          + "\",\"symbols\":[\"a\",\"b\"]}";
  static final String PROVENANCE = "any text";

  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private float poison = 1;

  RawModel() {
    metadata.put("levin.sha256", "0".repeat(64));
    metadata.put("levin.format", "1");
    metadata.put("levin.architecture", ARCHITECTURE);
    metadata.put("levin.vocabulary", VOCABULARY);
    metadata.put("levin.provenance", PROVENANCE);
    shapes.put("lstm.weight_ih_l0", new int[] {4, 2});
    shapes.put("lstm.weight_hh_l0", new int[] {4, 1});
    shapes.put("lstm.bias_ih_l0", new int[] {4});
    shapes.put("lstm.bias_hh_l0", new int[] {4});
    shapes.put("fc.weight", new int[] {2, 1});
    shapes.put("fc.bias", new int[] {2});
  }

  /** Sets a metadata text. */
  RawModel with(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Takes a metadata text or a tensor away. */
  RawModel without(String name) {
    metadata.remove(name);
    shapes.remove(name);
    return this;
  }

  /** Adds or replaces a tensor. */
  RawModel tensor(String name, int... shape) {
    shapes.put(name, shape);
    return this;
  }

  /** Sets the last value of the last tensor; every other one is its own index. */
  RawModel lastValue(float value) {
    poison = value;
    return this;
  }

  byte[] toBytes() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{");
    metadata.forEach(
        (key, value) -> header.append(text(key)).append(':').append(text(value)).append(','));
    header.setCharAt(header.length() - 1, '}');
    int at = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      int end = at + 4 * IntStream.of(tensor.getValue()).reduce(1, (a, b) -> a * b);
      header
          .append(",%s:{\"dtype\":\"F32\",\"shape\":".formatted(text(tensor.getKey())))
          .append(Arrays.toString(tensor.getValue()))
          .append(",\"data_offsets\":[%d,%d]}".formatted(at, end));
      at = end;
    }
    float[] values = new float[at / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    values[values.length - 1] = poison;
    return RawFile.sealed(RawFile.of(header.append('}').toString(), RawFile.floats(values)));
  }

  /** A JSON string; a lone half of a surrogate pair is escaped, since UTF-8 has none. */
  private static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : JsonStringEncoder.getInstance().quoteAsString(value)) {
      json.append(Character.isSurrogate(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return json.append('"').toString();
  }
}
