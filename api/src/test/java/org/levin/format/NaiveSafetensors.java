package org.levin.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference: safetensors read in the simplest way, straight from the description of the format,
 * with a JSON parser of its own. Trusts the file; shares nothing with the code under test.
 */
final class NaiveSafetensors {
  private final ByteBuffer file;
  private final String json;
  private int at;

  private NaiveSafetensors(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    json = new String(bytes, 8, (int) file.getLong(0), StandardCharsets.UTF_8);
  }

  /** Returns the header as maps, lists, texts and numbers. */
  static Map<?, ?> header(byte[] bytes) {
    return (Map<?, ?>) new NaiveSafetensors(bytes).value();
  }

  /** Returns the raw bits of one tensor's values. */
  static List<Integer> bits(byte[] bytes, String name) {
    NaiveSafetensors reader = new NaiveSafetensors(bytes);
    List<?> offsets = (List<?>) ((Map<?, ?>) header(bytes).get(name)).get("data_offsets");
    int data = 8 + (int) reader.file.getLong(0);
    List<Integer> bits = new ArrayList<>();
    for (long i = (long) offsets.get(0); i < (long) offsets.get(1); i += 4) {
      bits.add(reader.file.getInt(data + (int) i));
    }
    return bits;
  }

  private Object value() {
    return switch (json.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> text();
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (json.charAt(at) != '}') {
      at += json.charAt(at) == ',' ? 1 : 0;
      String key = text();
      at++;
      object.put(key, value());
    }
    at++;
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    at++;
    while (json.charAt(at) != ']') {
      at += json.charAt(at) == ',' ? 1 : 0;
      array.add(value());
    }
    at++;
    return array;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (at++; json.charAt(at) != '"'; at++) {
      if (json.charAt(at) != '\\') {
        text.append(json.charAt(at));
      } else if (json.charAt(++at) == 'u') {
        text.append((char) Integer.parseInt(json.substring(at + 1, at + 5), 16));
        at += 4;
      } else {
        text.append(json.charAt(at));
      }
    }
    at++;
    return text.toString();
  }

  private Long number() {
    int start = at;
    while (Character.isDigit(json.charAt(at))) {
      at++;
    }
    return Long.parseLong(json.substring(start, at));
  }
}
